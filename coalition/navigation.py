"""The entries of the rail, the phone's bar and the menu: one list, so that they cannot disagree."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """A place in the portal: its word, its address, its icon and the right that opens it."""

    label: str | Promise
    path: str
    icon: str
    right: str
    on_bar: bool = False


ENTRIES = (
    Entry(_("Home"), "/", "home", "home", True),
    Entry(_("Activities"), "/activities/", "notebook", "activity.see", True),
    Entry(_("Projects"), "/projects/", "folder", "project.see"),
    Entry(_("Trainings"), "/trainings/", "school", "training.see"),
    Entry(_("Campaigns"), "/campaigns/", "speakerphone", "campaign.see"),
    Entry(_("Quarterly forms"), "/forms/", "forms", "form.see"),
    Entry(_("Meetings"), "/meetings/", "users", "meeting.see", True),
    Entry(_("What we owe"), "/owed/", "checklist", "owed.see", True),
    Entry(_("Who owes what"), "/owed/by/", "list-check", "owed.by"),
    Entry(_("Reports"), "/reports/", "report", "report.see"),
    Entry(_("Organisations"), "/organisations/", "building-community", "organisation.see"),
)
LOG = Entry(_("Log an activity"), "/activities/new/", "plus", "activity.log")


def places(user, path):
    """Return what this person may open as `entries`, `bar` (phone, "log" in the middle) and `log`.

    Each entry says whether the page at `path` belongs to it.
    """
    open_to = [entry for entry in ENTRIES if user.has_right(entry.right)]
    here = max((entry.path for entry in (*open_to, LOG) if _holds(entry.path, path)), key=len, default="")
    entries = [{"entry": entry, "is_here": entry.path == here} for entry in open_to]
    log = LOG if user.has_right(LOG.right) else None
    bar = sorted(entries, key=lambda place: not place["entry"].on_bar)[: 4 if log else 5]
    if log:
        bar.insert(2, {"entry": log, "is_here": path == log.path, "is_log": True})
    return {"entries": entries, "bar": bar, "log": log}


def opens(user, path):
    """Say whether the place that holds `path` is open to this person; unknown places are."""
    found = [entry for entry in ENTRIES if entry.path != "/" and path.startswith(entry.path)]
    return not found or user.has_right(max(found, key=lambda entry: len(entry.path)).right)


def _holds(place, path):
    return path == "/" if place == "/" else path.startswith(place)
