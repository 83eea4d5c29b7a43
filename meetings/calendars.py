"""Meetings for calendar programs (RFC 5545): one as an invitation, those of a group as a feed."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from coalition.members.models.user import hash_token
from coalition.obligations import calendars as due_dates
from coalition.obligations.models import Obligation
from meetings.models import GroupFeed, Meeting

_PAST = timedelta(days=90)


def invitation(meeting):
    """Return the .ics of one meeting as an attachment for the outbox."""
    return {
        "name": "meeting.ics",
        "content_type": "text/calendar",
        "text": calendar([meeting]).to_ical().decode(),
    }


def calendar(meetings, name=""):
    """Return a Calendar with these meetings; each needs its activity loaded."""
    made = Calendar()
    made.add("prodid", "-//Child Rights Portal//Meetings//VI")
    made.add("version", "2.0")
    if name:
        made.add("x-wr-calname", name)
    for meeting in meetings:
        made.add_component(_event(meeting))
    return made


def _event(meeting):
    activity, event = meeting.activity, Event()
    event.add("uid", f"meeting-{activity.public_id}@{settings.BASE_URL.split('//')[-1].split(':')[0]}")
    event.add("dtstamp", activity.updated_at)
    event.add("sequence", activity.version)
    event.add("summary", activity.title)
    if activity.starts_at:
        zone = timezone.get_default_timezone()
        begins = datetime.combine(activity.starts_on, activity.starts_at, zone)
        event.add("dtstart", begins)
        ends = (
            datetime.combine(activity.starts_on, activity.ends_at, zone)
            if activity.ends_at
            else begins + timedelta(hours=2)
        )
        event.add("dtend", ends)
    else:
        event.add("dtstart", activity.starts_on)
        event.add("dtend", activity.starts_on + timedelta(days=1))
    if activity.place:
        event.add("location", activity.place)
    event.add("url", f"{settings.BASE_URL}{meeting.get_absolute_url()}")
    if activity.state in ("cancelled", "postponed"):
        event.add("status", "CANCELLED")
    return event


@transaction.atomic
def reset_feed(group, *, user):
    """Make a person a new secret address of the group's calendar, end the old one, return the path.

    Only a hash of the secret is kept: the path is shown once.
    """
    token = secrets.token_urlsafe(32)
    GroupFeed.objects.filter(group=group, user=user).delete()
    GroupFeed.objects.create(group=group, user=user, token_hash=hash_token(token))
    return reverse("meetings:feed", args=[token])


def end_feed(group, *, user):
    """Close a person's address of the group's calendar."""
    GroupFeed.objects.filter(group=group, user=user).delete()


def feed(found, now):
    """Return a group's feed as an iCalendar file: its meetings, and when what they agreed is due.

    What its person may not see is not in it; somebody who has left every organisation gets no entries.
    """
    since = timezone.localdate(now) - _PAST
    meetings = Meeting.objects.visible_to(found.user).filter(group=found.group)
    coming = meetings.filter(activity__starts_on__gte=since).select_related("activity")
    duties = Obligation.objects.filter(
        follow_up__point__meeting__in=meetings, due_on__gte=since,
        state__in=(Obligation.State.OPEN, Obligation.State.DONE),
    )  # fmt: skip
    with translation.override(found.user.language):
        title = _("CRWG: %(name)s") % {"name": found.group.name}
        entries = calendar(coming.order_by("activity__starts_on", "pk")[:300]).subcomponents
        return due_dates.of_duties(duties.order_by("due_on", "pk")[:1000], title, entries)
