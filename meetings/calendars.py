"""Meetings for calendar programs (RFC 5545)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event


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
