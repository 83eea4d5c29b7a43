"""Who took part in an activity: the grid of a group, and the organisations that sent people."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.forms import typed_over
from coalition.http import allow, page
from coalition.members.models import Organisation
from coalition.records import Conflict
from projects import actions, locks, pages, plausible
from projects.forms.people import GridForm, SentForm
from projects.models import Activity, Participation

GROUPS = dict(Participation.Group.choices)


def _editable(request, public_id):
    return get_object_or_404(Activity.objects.editable_by(request.user), public_id=public_id)


@allow("activity.log")
def activity_people(request, public_id):
    """Count one group by sex and age; the other groups stay as they are."""
    activity = _editable(request, public_id)
    group = request.GET.get("group")
    group = group if group in GROUPS else _group_to_start_with(activity)
    form = GridForm(request.POST or None, activity=activity, group=group)
    why_not = locks.reason(activity, by=request.user)
    if request.method == "POST" and form.is_valid() and not _refused(request, why_not):
        if form.cleaned_data["version"] != activity.version:
            raise Conflict(activity, activity, typed_over(form))
        _save(activity, form, request.user)
        for warning in plausible.warnings(activity, timezone.localdate()):
            messages.warning(request, warning)
        return redirect(activity)
    context = {
        "activity": activity,
        "form": form,
        "group": group,
        "group_label": GROUPS[group],
        "groups": [(key, words, key == group) for key, words in GROUPS.items()],
        "sexes": Participation.Sex,
    }
    return page(request, "projects/activity_people.html", context, status=422 if form.errors else None)


def _group_to_start_with(activity):
    first = activity.participation.filter(organisation=None, is_named=False).order_by("-count", "pk").first()
    return first.group if first else Participation.Group.CHILDREN


def _save(activity, form, user):
    others = activity.participation.filter(organisation=None, is_named=False).exclude(group=form.group)
    counts = {(row.group, row.sex, row.age): row.count for row in others}
    disabled = form.disabled()
    for row in others:
        if row.with_disability is not None:
            key = (row.group, row.age)
            disabled[key] = disabled.get(key, 0) + row.with_disability
    actions.count_people(activity=activity, counts={**counts, **form.counts()}, disabled=disabled, by=user)


def _refused(request, why):
    if why:
        messages.error(request, why)
    return bool(why)


@allow("activity.log")
def activity_organisations(request, public_id):
    """Say which organisations took part and how many people each sent."""
    activity = _editable(request, public_id)
    form = SentForm(request.POST or None)
    why_not = locks.reason(activity, by=request.user)
    if request.method == "POST" and form.is_valid() and not _refused(request, why_not):
        data = form.cleaned_data
        actions.count_organisation(activity=activity, by=request.user, **data)
        messages.success(request, _("Noted: %(organisation)s") % {"organisation": data["organisation"]})
        return redirect("projects:activity_organisations", public_id)
    counts = list(activity.participation.filter(organisation__isnull=False).select_related("organisation"))
    context = {
        "activity": activity,
        "form": form,
        "sent": pages.sent_by(counts),
        "known": Organisation.objects.in_order()[:300],
    }
    return page(request, "projects/activity_organisations.html", context, status=422 if form.errors else None)


@allow("activity.log", methods=("POST",))
def activity_organisation_remove(request, public_id, organisation):
    """Take an organisation off the list of those that took part."""
    activity = _editable(request, public_id)
    row = get_object_or_404(Organisation.everything, public_id=organisation)
    if not _refused(request, locks.reason(activity, by=request.user)):
        actions.count_organisation(
            activity=activity, organisation=row, women=None, men=None, not_known=None, by=request.user
        )
    return redirect("projects:activity_organisations", public_id)
