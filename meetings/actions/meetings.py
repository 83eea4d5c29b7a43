"""Planning meetings, one after the other, and writing down who came."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coalition.members.models import Organisation
from meetings.actions import agenda
from meetings.models import AgendaItem, Attendance, Meeting
from projects import locks
from projects.models import Activity


def default_host(group=None):
    """Return the organisation that leads a meeting if nobody is named: the chair, else the secretariat."""
    if group and group.chair:
        return group.chair
    return Organisation.objects.filter(is_secretariat=True).order_by("pk").first()


def usual_title(group, day):
    """Return what a meeting is called if nobody names it."""
    name = group.name_vi if group else _("Meeting of the coalition")
    return f"{name}: họp ngày {day:%d/%m/%Y}" if group else f"{name}, {day:%d/%m/%Y}"


@transaction.atomic
def plan(
    *,
    group,
    starts_on,
    by=None,
    title="",
    host=None,
    place="",
    starts_at=None,
    ends_at=None,
    link="",
    previous=None,
    with_agenda=True,
    is_shared=True,
):
    """Put a meeting on the calendar, with the pillars of the group's plan as its agenda; return it."""
    host = host or default_host(group)
    if host is None:
        raise ValidationError(_("Say which organisation hosts the meeting."))
    activity = Activity(
        title=title or usual_title(group, starts_on),
        kind=Activity.Kind.MEETING,
        state=Activity.State.PLANNED,
        starts_on=starts_on,
        lead=host,
        place=place or (group.place if group else ""),
        is_shared=is_shared,
        starts_at=starts_at or (group.starts_at if group else None),
        ends_at=ends_at or (group.ends_at if group else None),
        created_by=by,
    )
    activity.save()
    meeting = Meeting.objects.create(activity=activity, group=group, link=link, previous=previous)
    if with_agenda:
        agenda.prepare(meeting, by=by)
    return meeting


@transaction.atomic
def plan_next(meeting, *, starts_on, by=None, host=None, place="", starts_at=None, ends_at=None):
    """Plan the meeting after this one; carry over what was not finished. Twice gives the same meeting.

    Agenda items that were not discussed are carried over, and whatever waits for the group is taken up; open
    actions stay in the ledger, and the new meeting's page and minutes list them.
    """
    following = Meeting.objects.filter(previous=meeting).first()
    if following:
        return following
    following = plan(
        group=meeting.group,
        starts_on=starts_on,
        by=by,
        host=host or meeting.activity.lead,
        previous=meeting,
        place=place or meeting.activity.place,
        starts_at=starts_at or meeting.activity.starts_at,
        ends_at=ends_at or meeting.activity.ends_at,
        is_shared=meeting.activity.is_shared,
    )
    unfinished = meeting.items.filter(state=AgendaItem.State.OPEN).exclude(
        title__in=following.items.values("title")
    )
    if meeting.state != Meeting.State.PLANNED:
        for order, item in enumerate(unfinished.filter(children=None).in_agenda(), 1):
            AgendaItem(
                meeting=following,
                order=100 + 10 * order,
                title=item.title,
                pillar=item.pillar,
                minutes=item.minutes,
                carried_from=item,
                created_by=by,
            ).save()
            item.state = AgendaItem.State.CARRIED
            item.save()
    return following


@transaction.atomic
def pass_chair(group, *, to, by):
    """Let another member of the group take the chair; its history keeps who had it before."""
    if to is None:
        raise ValidationError(_("The group has no member who could take the chair."))
    if group.chair_id != to.pk:
        group.chair = to
        group.save()
    return group


@transaction.atomic
def hold(meeting, *, by=None):
    """Say that the meeting took place; minutes are being taken. Twice is once."""
    if meeting.state == Meeting.State.PLANNED:
        meeting.state = Meeting.State.HELD
        meeting.save(update_fields=["state"])
        activity = meeting.activity
        locks.refuse(activity, by=by)
        activity.state = Activity.State.HELD
        activity.save()
    return meeting


@transaction.atomic
def attend(meeting, *, rows, by=None):
    """Write down who came: rows are (organisation id, status or "", represented by); "" forgets the row."""
    if meeting.is_frozen:
        raise ValidationError(_("The minutes are approved: open them for a correction first."))
    Attendance.objects.filter(
        meeting=meeting, organisation__in=[pk for pk, status, _by in rows if not status]
    ).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting, organisation_id=pk, status=status, represented_by=represented_by[:200]
            )
            for pk, status, represented_by in rows
            if status
        ],
        update_conflicts=True,
        unique_fields=["meeting", "organisation"],
        update_fields=["status", "represented_by"],
    )
