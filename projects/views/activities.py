"""The activity log: its list, quick entry, page, changes, archive and history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition import history
from coalition.http import allow, page
from coalition.lists.pages import answer
from projects import actions, earlier_counts, pages, places, plausible
from projects.forms.activity import SIMPLE_COUNTS, ActivityForm, QuickForm, StateForm
from projects.lists import ACTIVITIES
from projects.models import Activity


@allow("activity.see", methods=("GET",))
def activity_list(request):
    """List what was done and what is planned."""
    return answer(request, ACTIVITIES, template="projects/activity_list.html")


@allow("activity.log")
def activity_log(request):
    """Log an activity in a minute; `?like=` starts from another one, `?like=last` from one's last."""
    today = timezone.localdate()
    if request.method == "POST":
        form = QuickForm(request.POST, user=request.user, today=today)
        if form.is_valid():
            return _logged(request, form, today)
    else:
        form = QuickForm(initial=_start_of(request, today), user=request.user, today=today)
    context = {"form": form, "counts": [form[name] for name in SIMPLE_COUNTS]}
    return page(request, "projects/activity_log.html", context, status=422 if form.errors else None)


def _start_of(request, today):
    initial = actions.defaults_for(request.user, today)
    like = request.GET.get("like")
    seen = Activity.objects.visible_to(request.user)
    if like == "last":
        earlier = seen.filter(created_by=request.user).order_by("-created_at", "-pk").first()
    else:
        earlier = seen.filter(public_id=like).first() if like else None
    if earlier:
        project = earlier.projects.first()
        initial |= {
            "title": earlier.title,
            "kind": earlier.kind,
            "province": earlier.province.uid if earlier.province else None,
            "project": project.public_id if project else None,
        }
    return initial


def _logged(request, form, today):
    activity, is_new = actions.log_form(form=form, by=request.user, today=today)
    if is_new:
        messages.success(request, _("Logged: %(title)s") % {"title": activity.title})
    for warning in plausible.warnings(activity, today):
        messages.warning(request, warning)
    if "again" in request.POST:
        return redirect("projects:activity_log")
    if "like" in request.POST:
        return redirect(f"{reverse('projects:activity_log')}?like={activity.public_id}")
    return redirect(activity)


@allow("activity.see", methods=("GET",))
def activity_page(request, public_id):
    """Show an activity as a document, its facts in the margin."""
    activity = get_object_or_404(pages.activities(request.user), public_id=public_id)
    return page(request, "projects/activity_page.html", pages.activity_context(activity, request.user))


@allow("activity.log")
def activity_edit(request, public_id):
    """Write the rest about an activity, or correct it."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), public_id=public_id)
    form = ActivityForm(request.POST or None, instance=activity, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        for warning in plausible.warnings(activity, timezone.localdate()):
            messages.warning(request, warning)
        return redirect(activity)
    context = {"form": form, "activity": activity}
    return page(request, "projects/activity_edit.html", context, status=422 if form.errors else None)


@allow("activity.log")
def activity_state(request, public_id):
    """Say that a planned activity was held, postponed or cancelled, and why."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), public_id=public_id)
    start = {"state": activity.state, "state_reason": activity.state_reason}
    form = StateForm(request.POST or None, initial=start, activity=activity, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.change_state(
            activity=activity,
            state=data["state"],
            reason=data["state_reason"],
            starts_on=data["starts_on"],
            by=request.user,
        )
        return redirect(activity)
    context = {"form": form, "activity": activity}
    return page(request, "projects/activity_state.html", context, status=422 if form.errors else None)


@allow("activity.log", methods=("POST",))
def activity_archive(request, public_id):
    """Take an activity out of the log; its page then offers to put it back."""
    activity = get_object_or_404(Activity.everything.editable_by(request.user), public_id=public_id)
    actions.archive(record=activity, by=request.user)
    return redirect(activity)


@allow("activity.log", methods=("POST",))
def activity_restore(request, public_id):
    """Put an archived activity back into the log."""
    activity = get_object_or_404(Activity.everything.editable_by(request.user), public_id=public_id)
    actions.restore(record=activity, by=request.user)
    messages.success(request, _("The activity is back in the log."))
    return redirect(activity)


@allow("activity.see", methods=("GET",))
def activity_history(request, public_id):
    """Tell who changed what, newest first."""
    activity = get_object_or_404(Activity.everything.visible_to(request.user), public_id=public_id)
    go_back = "projects:activity_go_back" if pages.may_edit(activity, request.user) else ""
    told = history.page_of(request, activity, go_back=go_back, of_lines=earlier_counts.told)
    context = {"activity": activity, **told}
    return page(request, "projects/activity_history.html", context)


@allow("activity.log")
def activity_go_back(request, public_id, number):
    """Give an activity the texts it had in an earlier version, after asking."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), public_id=public_id)
    version = get_object_or_404(activity.history, pk=number)
    if request.method == "POST":
        actions.go_back(record=activity, version=version, by=request.user)
        return redirect(activity)
    moment = f"{timezone.localtime(version.history_date):%H:%M %d/%m/%Y}"
    context = {
        "question": _("Go back to the version of %(day)s?") % {"day": moment},
        "consequences": _people_then(activity, version)
        + _(
            "What it was linked with then is linked again; files and name lists stay as they are. "
            "The present version stays in the history."
        ),
        "back": reverse("projects:activity_history", args=[public_id]),
    }
    return render(request, "confirm.html", context)


def _people_then(activity, version):
    """Say how many people come back with the version; empty where the counts have never changed."""
    rows = earlier_counts.of(activity, version.version)
    if rows is None:
        return ""
    if (number := earlier_counts.people(rows)) is None:
        return _("Nobody was counted then; the counts are taken out again.") + " "
    return (
        ngettext("%(number)s person was counted then.", "%(number)s people were counted then.", number)
        % {"number": number_format(number, force_grouping=True)}
        + " "
    )


@allow("activity.log", methods=("GET",))
def province_choices(request):
    """Answer with the options of a place field for the day that was typed."""
    day = places.day_of(request.GET.get("starts_on"), timezone.localdate())
    first = format_html('<option value="">{}</option>', _("online, or not known"))
    options = format_html_join("", '<option value="{}">{}</option>', places.choices_on(day))
    return HttpResponse(first + options)
