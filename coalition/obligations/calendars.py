"""Due dates as calendar entries (RFC 5545): in mails and in feeds."""

import datetime as dt

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

_DAY = dt.timedelta(days=1)


def of_duties(duties, name="", more=()):
    """Return an iCalendar file: an all-day entry for each duty that has a date, and the entries of `more`."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Child rights portal//CRWG//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for duty in duties:
        if duty.due_on:
            calendar.add_component(_entry(duty))
    for entry in more:
        calendar.add_component(entry)
    return calendar.to_ical()


def _entry(duty):
    """Return the entry of one duty; its UID is stable and its SEQUENCE grows when the date moves."""
    entry = icalendar.Event()
    entry.add("uid", f"{duty.public_id}@portal")
    entry.add("sequence", duty.due_version - 1)
    entry.add("dtstamp", duty.updated_at)
    entry.add("dtstart", duty.due_on)
    entry.add("dtend", duty.due_on + _DAY)
    entry.add("summary", _("Due: %(duty)s") % {"duty": duty.title})
    if duty.source_label:
        entry.add("description", duty.source_label)
    entry.add("url", f"{settings.BASE_URL}{duty.source_path or duty.get_absolute_url()}")
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CONFIRMED")
    for days in (3, 1):
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", duty.title)
        alarm.add("trigger", dt.timedelta(days=-days))
        entry.add_component(alarm)
    return entry
