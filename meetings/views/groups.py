"""Working groups: who belongs to them, where and when they meet, what waits for their next meeting."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.shortcuts import redirect as go
from django.utils import timezone

from coalition.http import allow, page
from meetings import actions, calendars, forms, group_forms
from meetings.models import FollowUpAction, GroupFeed, Meeting, WaitingMatter, WorkingGroup


def _seen(request, public_id):
    found = WorkingGroup.objects.visible_to(request.user).select_related("chair")
    return get_object_or_404(found, public_id=public_id)


def _editable(request, public_id):
    return get_object_or_404(WorkingGroup.objects.editable_by(request.user), public_id=public_id)


@allow("meeting.see", methods=("GET",))
def group_list(request):
    """Show the working groups."""
    groups = WorkingGroup.objects.visible_to(request.user).select_related("chair").in_order()
    return page(request, "meetings/group_list.html", {"groups": list(groups)})


@allow("meeting.see", methods=("GET",))
def group_page(request, public_id):
    """Show a group: its members, its meetings, what waits for the next one, how many actions are open."""
    return _page(request, _seen(request, public_id))


def _page(request, group, fresh="", form=None):
    today, user = timezone.localdate(), request.user
    meetings = Meeting.objects.visible_to(user).filter(group=group).for_list()
    open_actions = FollowUpAction.objects.visible_to(user).open().filter(point__meeting__group=group)
    coming = meetings.filter(activity__starts_on__gte=today).order_by("activity__starts_on", "pk")
    past = meetings.filter(activity__starts_on__lt=today).order_by("-activity__starts_on", "pk")
    waiting = list(WaitingMatter.objects.visible_to(user).waiting().of_group(group))
    for matter in waiting:
        matter.may_withdraw = user.has_right("meeting.edit") or matter.created_by_id == user.pk
    return page(
        request,
        "meetings/group_page.html",
        {
            "group": group,
            "members": list(group.members_on(today)),
            "pillars": actions.pillars_of(group),
            "coming": list(coming[:6]),
            "past": list(past[:12]),
            "waiting": waiting,
            "matter_form": form or group_forms.MatterForm(),
            "next_chair": group.next_chair(today) if user.has_right("meeting.edit") else None,
            "feed": GroupFeed.objects.filter(group=group, user=user).first(),
            "fresh": fresh,
            "open_actions": open_actions.count(),
        },
        status=422 if form else None,
    )


@allow("meeting.edit")
def group_new(request):
    return _group_form(request, None)


@allow("meeting.edit")
def group_edit(request, public_id):
    return _group_form(request, _editable(request, public_id))


def _group_form(request, group):
    """Write down a group, new or known."""
    form = forms.GroupForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        return go(form.save(by=request.user))
    return page(request, "meetings/group_form.html", {"form": form, "group": group})


@allow("meeting.edit")
def group_pillars(request, public_id):
    """Edit the pillars of the group's own plan."""
    group = _editable(request, public_id)
    form = group_forms.PillarsForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        form.save()
        return go(group)
    return page(
        request,
        "meetings/group_pillars.html",
        {"form": form, "group": group},
        status=422 if request.method == "POST" else None,
    )


@allow("meeting.edit", methods=("POST",))
def chair_pass(request, public_id):
    """Pass the chair on to the member whose turn it is."""
    group = _editable(request, public_id)
    actions.pass_chair(group, to=group.next_chair(timezone.localdate()), by=request.user)
    return go(group)


@allow("meeting.see", methods=("POST",))
def feed_reset(request, public_id):
    """Make a new secret address of the group's calendar, ending the old one, or only end it."""
    group = _seen(request, public_id)
    if request.POST.get("end"):
        calendars.end_feed(group, user=request.user)
        return go(f"{group.get_absolute_url()}#calendar")
    path = calendars.reset_feed(group, user=request.user)
    return _page(request, group, fresh=f"{settings.BASE_URL}{path}")


@allow("meeting.comment", methods=("POST",))
def matter_propose(request, public_id):
    """Propose a matter for the group's next meeting."""
    group = _seen(request, public_id)
    form = group_forms.MatterForm(request.POST)
    if not form.is_valid():
        return _page(request, group, form=form)
    form.instance.group = group
    own = request.user.writing_organisation_ids
    form.instance.proposed_by_id = own[0] if own else None
    return go(form.save(by=request.user))


@allow("meeting.comment", methods=("POST",))
def matter_withdraw(request, public_id):
    """Take back a matter that no meeting has taken up yet."""
    matter = get_object_or_404(WaitingMatter.objects.editable_by(request.user), public_id=public_id)
    try:
        matter.archive()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return go(matter)
