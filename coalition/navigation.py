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


@dataclass(frozen=True)
class Places:
    """What somebody of these rights may open, seen from one page.

    `key` is the same for all pages that show the same rail and bar, whoever looks at them.
    """

    rights: frozenset[str]
    here: str  # the path of the entry that the page belongs to
    is_exact: bool  # the page is the entry itself, not one below it

    @property
    def key(self):
        return f"{sorted(self.rights)} {self.here} {self.is_exact}"

    @property
    def log(self):
        return LOG if LOG.right in self.rights else None

    @property
    def entries(self):
        return [self._place(entry) for entry in ENTRIES if entry.right in self.rights]

    @property
    def bar(self):
        """The phone's bar: four places, and "log" in the middle of them."""
        bar = sorted(self.entries, key=lambda place: not place["entry"].on_bar)[: 4 if self.log else 5]
        if self.log:
            bar.insert(2, self._place(self.log) | {"is_log": True})
        return bar

    def _place(self, entry):
        is_here = entry.path == self.here
        return {"entry": entry, "is_here": is_here, "is_page": is_here and self.is_exact}


def places(user, path):
    """Return what this person may open as Places, seen from the page at `path`."""
    rights = frozenset(entry.right for entry in (*ENTRIES, LOG) if user.has_right(entry.right))
    holding = [entry.path for entry in (*ENTRIES, LOG) if entry.right in rights and _holds(entry.path, path)]
    here = max(holding, key=len, default="")
    return Places(rights, here, path == here)


def opens(user, path):
    """Say whether the place that holds `path` is open to this person; unknown places are."""
    found = [entry for entry in ENTRIES if entry.path != "/" and path.startswith(entry.path)]
    return not found or user.has_right(max(found, key=lambda entry: len(entry.path)).right)


def _holds(place, path):
    return path == "/" if place == "/" else path.startswith(place)
