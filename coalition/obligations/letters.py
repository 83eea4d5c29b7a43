"""The words of reminder mails: subject, text, HTML and the calendar entry that goes with them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from coalition.notifications import actions as outbox
from coalition.obligations import calendars


def write(kind, person, reminders, number, today):
    """Return the Letter about the duties of `reminders`; `number` counts those not shown as well."""
    with override(person.language):
        rows = [_row(reminder, today) for reminder in reminders]
        first = min(rows, key=lambda row: (row["days"] is None, row["due_on"] or today), default=None)
        return outbox.compose(
            kind,
            person,
            {
                "subject": _subject(first, number) if first else "",
                "groups": [
                    group
                    for group in (
                        {
                            "title": _("Overdue"),
                            "rows": [row for row in rows if row["days"] is not None and row["days"] < 0],
                        },
                        {
                            "title": _("Due within a week"),
                            "rows": [
                                row for row in rows if row["days"] is not None and 0 <= row["days"] <= 7
                            ],
                        },
                        {
                            "title": _("Due later"),
                            "rows": [row for row in rows if row["days"] is None or row["days"] > 7],
                        },
                    )
                    if group["rows"]
                ],
                "number": number,
                "more": number - len(rows),
                "note": next((reminder.reason for reminder in reminders if reminder.reason), ""),
                "unsubscribe": outbox.unsubscribe_path(person),
            },
        )


def _subject(row, number):
    """Name the most urgent duty and its date: "[Cần làm] Phiếu CRC-25 Quý I/2015 – hạn 10/04/2015"."""
    title = row["title"] if len(row["title"]) <= 120 else f"{row['title'][:119].rstrip()}…"
    if row["due_on"]:
        subject = _("[To do] %(duty)s – due %(day)s") % {"duty": title, "day": _day(row["due_on"])}
    else:
        subject = _("[To do] %(duty)s") % {"duty": title}
    if number > 1:
        others = number - 1
        subject += " " + ngettext("(and %(number)s other)", "(and %(number)s others)", others) % {
            "number": others
        }
    return subject


def _row(reminder, today):
    duty = reminder.obligation
    days = (duty.due_on - today).days if duty.due_on else None
    return {
        "title": duty.title,
        "due_on": duty.due_on,
        "due": _day(duty.due_on) if duty.due_on else duty.due_words,
        "days": days,
        "distance": _distance(days),
        "organisation": str(duty.organisation),
        "source": duty.source_label,
        "is_escalation": reminder.rule is not None and reminder.rule.audience == "head",
        "path": duty.source_path or duty.get_absolute_url(),
        "why_path": duty.get_absolute_url(),
    }


def _distance(days):
    if days is None:
        return ""
    if days < 0:
        return ngettext("overdue by %(days)s day", "overdue by %(days)s days", -days) % {"days": -days}
    if days == 0:
        return _("due today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _day(day):
    return f"{day.day:02}/{day.month:02}/{day.year}"


def calendar(reminders, today):
    """Return the attachment with the due dates still to come, or none."""
    duties = [
        reminder.obligation
        for reminder in reminders
        if reminder.obligation.due_on and reminder.obligation.due_on >= today
    ]
    if not duties:
        return []
    return [
        {"name": "han.ics", "content_type": "text/calendar", "text": calendars.of_duties(duties).decode()}
    ]
