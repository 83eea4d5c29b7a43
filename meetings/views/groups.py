"""Working groups: who belongs to them, where and when they meet, what they met about."""

from django.shortcuts import get_object_or_404
from django.shortcuts import redirect as go
from django.utils import timezone

from coalition.http import allow, page
from meetings import forms
from meetings.models import FollowUpAction, Meeting, WorkingGroup


@allow("meeting.see", methods=("GET",))
def group_list(request):
    """Show the working groups."""
    groups = WorkingGroup.objects.visible_to(request.user).select_related("chair").in_order()
    return page(request, "meetings/group_list.html", {"groups": list(groups)})


@allow("meeting.see", methods=("GET",))
def group_page(request, public_id):
    """Show a group: its members, its next and past meetings, how many actions are open."""
    group = get_object_or_404(
        WorkingGroup.objects.visible_to(request.user).select_related("chair"), public_id=public_id
    )
    today = timezone.localdate()
    meetings = Meeting.objects.visible_to(request.user).filter(group=group).for_list()
    return page(
        request,
        "meetings/group_page.html",
        {
            "group": group,
            "members": list(group.members_on(today)),
            "pillars": list(group.pillars.order_by("number")),
            "coming": list(
                meetings.filter(activity__starts_on__gte=today).order_by("activity__starts_on", "pk")[:6]
            ),
            "past": list(
                meetings.filter(activity__starts_on__lt=today).order_by("-activity__starts_on", "pk")[:12]
            ),
            "open_actions": FollowUpAction.objects.visible_to(request.user)
            .open()
            .filter(point__meeting__group=group)
            .count(),
        },
    )


@allow("meeting.edit")
def group_new(request):
    return _group_form(request, None)


@allow("meeting.edit")
def group_edit(request, public_id):
    group = get_object_or_404(WorkingGroup.objects.editable_by(request.user), public_id=public_id)
    return _group_form(request, group)


def _group_form(request, group):
    """Write down a group, new or known."""
    form = forms.GroupForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        return go(form.save(by=request.user))
    return page(request, "meetings/group_form.html", {"form": form, "group": group})
