"""Meetings: the list, one meeting, planning it and the one after it, who came, comments, approval."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.http import allow, page
from coalition.lists.pages import answer
from meetings import actions, forms, pages, snapshots
from meetings.models import FollowUpAction, Meeting, WaitingMatter


def seen(request, public_id):
    """Return the meeting, if this person may see it."""
    found = Meeting.objects.visible_to(request.user).select_related(
        "activity",
        "activity__lead",
        "activity__created_by",
        "group",
        "approved_by",
        "previous__activity",
        "following__activity",
    )
    return get_object_or_404(found, activity__public_id=public_id)


def editable(request, public_id):
    found = Meeting.objects.editable_by(request.user) & Meeting.objects.visible_to(request.user)
    return get_object_or_404(
        found.select_related("activity", "activity__lead", "group"), activity__public_id=public_id
    )


@allow("meeting.see", methods=("GET",))
def meeting_list(request):
    """Show all meetings this person sees."""
    return answer(request, pages.MEETINGS, template="meetings/meeting_list.html")


@allow("meeting.see", methods=("GET",))
def action_list(request):
    """Show follow-up actions across meetings."""
    return answer(request, pages.ACTIONS)


@allow("meeting.see", methods=("GET",))
def meeting_page(request, public_id):
    """Show a meeting: our part first, then the two columns, what is open from before, who came, comments."""
    meeting = seen(request, public_id)
    blocks = snapshots.blocks(meeting)
    mine = set(request.user.organisation_ids)
    writes = set(request.user.writing_organisation_ids)
    own = [
        duty
        for block in blocks
        for point in block["points"]
        for duty in point.duties
        if duty.organisation_id in mine
    ]
    for duty in own:
        duty.may_close = duty.state == duty.State.OPEN and duty.organisation_id in writes
    return page(
        request,
        "meetings/meeting_page.html",
        {
            "meeting": meeting,
            "activity": meeting.activity,
            "blocks": blocks,
            "own": own,
            "today": timezone.localdate(),
            "carried": open_before(meeting),
            "waiting": _waiting(meeting) if request.user.has_right("meeting.edit") else 0,
            "versions": list(meeting.versions.order_by("-number")),
            "attendances": list(
                meeting.attendances.select_related("organisation").order_by(
                    "status", "organisation__sort_key"
                )
            ),
            "comments": list(meeting.comments.select_related("author").order_by("at", "pk")),
            "comment_form": forms.CommentForm(),
            "following": getattr(meeting, "following", None),
        },
    )


def _waiting(meeting):
    """Return how many matters wait that this meeting could take up."""
    if meeting.state != Meeting.State.PLANNED:
        return 0
    return WaitingMatter.objects.waiting().filter(group=meeting.group_id).count()


def open_before(meeting, while_held=False):
    """Return actions of the group's earlier meetings that are still open, each with its `open_duties`."""
    if meeting.group_id is None or not (while_held or meeting.state == Meeting.State.PLANNED):
        return []
    found = FollowUpAction.objects.open().filter(
        point__meeting__group=meeting.group_id,
        point__meeting__activity__starts_on__lt=meeting.activity.starts_on,
    )
    points = {}
    for follow_up in found.for_list().order_by(F("obligation__due_on").asc(nulls_last=True), "pk")[:1000]:
        point = points.setdefault(follow_up.point_id, follow_up.point)
        point.open_duties = [*getattr(point, "open_duties", ()), follow_up.obligation]
    return list(points.values())


@allow("meeting.edit")
def meeting_plan(request):
    """Plan a meeting."""
    form = forms.MeetingForm(request.POST or None, initial={"starts_on": request.GET.get("on")})
    if request.method == "POST" and form.is_valid():
        return redirect(form.save(by=request.user))
    return page(request, "meetings/meeting_form.html", {"form": form})


@allow("meeting.edit")
def meeting_edit(request, public_id):
    """Change day, hours, host or place."""
    meeting = editable(request, public_id)
    if meeting.is_frozen:
        return _closed(request, meeting)
    form = forms.MeetingForm(request.POST or None, instance=meeting.activity)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save(by=request.user))
    return page(request, "meetings/meeting_form.html", {"form": form, "meeting": meeting})


def _closed(request, meeting):
    """Say that approved minutes are closed, and where they are opened."""
    messages.error(request, _("The minutes are approved: open them for a correction first."))
    return redirect(meeting)


@allow("meeting.edit", methods=("POST",))
def waiting_take(request, public_id):
    """Put what waits for the group onto this planned meeting's agenda."""
    meeting = editable(request, public_id)
    try:
        actions.take_up(meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(meeting)


@allow("meeting.see", methods=("GET",))
def minutes_version(request, public_id, number):
    """Show minutes as they were approved, word for word."""
    meeting = seen(request, public_id)
    version = get_object_or_404(meeting.versions.select_related("approved_by"), number=number)
    blocks = snapshots.kept_blocks(version.contents)
    return page(
        request, "meetings/minutes_version.html", {"meeting": meeting, "version": version, "blocks": blocks}
    )


@allow("meeting.edit")
def meeting_next(request, public_id):
    """Plan the meeting after this one."""
    meeting = editable(request, public_id)
    form = forms.NextMeetingForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        following = actions.plan_next(
            meeting,
            by=request.user,
            starts_on=chosen["starts_on"],
            starts_at=chosen["starts_at"],
            ends_at=chosen["ends_at"],
            host=chosen["lead"],
            place=chosen["place"],
        )
        return redirect(following)
    return page(request, "meetings/meeting_next.html", {"form": form, "meeting": meeting})


@allow("meeting.edit")
def attendance_edit(request, public_id):
    """Write down which organisations came."""
    meeting = editable(request, public_id)
    if meeting.is_frozen:
        return _closed(request, meeting)
    form = forms.AttendanceForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        return redirect(meeting)
    return page(request, "meetings/attendance_edit.html", {"form": form, "meeting": meeting})


@allow("meeting.edit", methods=("POST",))
def meeting_circulate(request, public_id):
    """Send the minutes to everybody invited, their own part first."""
    meeting = editable(request, public_id)
    try:
        number = actions.circulate(meeting, by=request.user, today=timezone.localdate())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.info(
            request,
            ngettext(
                "The minutes are on their way to %(number)s person.",
                "The minutes are on their way to %(number)s people.",
                number,
            )
            % {"number": number},
        )
    return redirect(meeting)


@allow("meeting.edit", methods=("POST",))
def meeting_approve(request, public_id):
    """Approve the minutes, or open approved ones for a correction."""
    meeting = editable(request, public_id)
    try:
        if request.POST.get("reopen"):
            actions.reopen_minutes(meeting, by=request.user)
        else:
            actions.approve(meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(meeting)


@allow("meeting.comment", methods=("POST",))
def comment_add(request, public_id):
    """Add a comment to minutes that are not approved yet."""
    meeting = seen(request, public_id)
    form = forms.CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.comment(
                meeting,
                by=request.user,
                words=form.cleaned_data["text"],
                client_uuid=form.cleaned_data["client_uuid"],
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, _("Write a comment of up to 2,000 letters."))
    return redirect(f"{meeting.get_absolute_url()}#comments")
