"""What happens to minutes once they are taken: circulated, commented, approved and frozen."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.members.models import User
from coalition.notifications import actions as outbox
from meetings import calendars, snapshots
from meetings.models import Comment, Meeting, MinutesVersion


@transaction.atomic
def circulate(meeting, *, by, today):
    """Send the minutes to the people of the organisations invited, each their own part first. Once for each version.

    The .ics of the next meeting goes with them. Returns how many letters were queued.
    """
    if meeting.state == Meeting.State.PLANNED:
        raise ValidationError(_("The meeting has not been held yet."))
    number = meeting.versions.count() + 1
    following = Meeting.objects.filter(previous=meeting).select_related("activity").first()
    attachments = [calendars.invitation(following)] if following else []
    own = snapshots.duties_by_organisation(meeting)
    readers = _readers(meeting)
    for person, organisation in readers:
        outbox.queue_letter(
            kind="minutes",
            key=f"minutes:{meeting.pk}:{number}:{person.pk}",
            recipient=person,
            template="minutes",
            path=meeting.get_absolute_url(),
            attachments=attachments,
            context={
                "meeting": meeting,
                "following": following,
                "organisation": organisation,
                "own": own.get(organisation.pk, []),
                "others": sum(len(rows) for rows in own.values()),
            },
        )
    if meeting.state == Meeting.State.HELD:
        meeting.state, meeting.circulated_at = Meeting.State.CIRCULATED, timezone.now()
        meeting.save(update_fields=["state", "circulated_at"])
    return len(readers)


def _readers(meeting):
    """Return (person, organisation) for focal points and colleagues of those invited, each person once."""
    organisations = {organisation.pk: organisation for organisation in meeting.invited()}
    organisations |= {
        row.organisation_id: row.organisation for row in meeting.attendances.select_related("organisation")
    }
    organisations |= {
        duty.organisation_id: duty.organisation
        for rows in snapshots.duties_by_organisation(meeting).values()
        for duty in rows
    }
    today = timezone.localdate()
    found = (
        User.objects.filter(
            is_active=True,
            memberships__organisation__in=organisations,
            memberships__role__in=("focal", "coordinator", "staff"),
            memberships__starts_on__lte=today,
        )
        .exclude(memberships__ends_on__lt=today)
        .distinct()
        .order_by("pk")
        .prefetch_related("memberships")
    )
    readers = []
    for person in found:
        mine = next(m.organisation_id for m in person.memberships.all() if m.organisation_id in organisations)
        readers.append((person, organisations[mine]))
    return readers


@transaction.atomic
def comment(meeting, *, by, words, client_uuid=None):
    """Add a comment, until the minutes are approved; a replay of the same form adds none."""
    if meeting.is_frozen:
        raise ValidationError(_("The minutes are approved; comments are closed."))
    earlier = client_uuid and Comment.objects.filter(author=by, client_uuid=client_uuid).first()
    return earlier or Comment.objects.create(meeting=meeting, author=by, text=words, client_uuid=client_uuid)


@transaction.atomic
def approve(meeting, *, by):
    """Approve the minutes: a version is kept for good and nothing in them changes any more. Twice is once."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("activity", "group").get(pk=meeting.pk)
    )
    if meeting.is_frozen:
        return meeting
    if meeting.state == Meeting.State.PLANNED:
        raise ValidationError(_("The meeting has not been held yet."))
    MinutesVersion.objects.create(
        meeting=meeting,
        number=meeting.versions.count() + 1,
        approved_by=by,
        contents=snapshots.contents(meeting),
    )
    meeting.state, meeting.approved_at, meeting.approved_by = Meeting.State.APPROVED, timezone.now(), by
    meeting.save(update_fields=["state", "approved_at", "approved_by"])
    return meeting


@transaction.atomic
def reopen_minutes(meeting, *, by):
    """Open approved minutes for a correction; the approved version stays."""
    if meeting.is_frozen:
        meeting.state = Meeting.State.CIRCULATED if meeting.circulated_at else Meeting.State.HELD
        meeting.save(update_fields=["state"])
    return meeting
