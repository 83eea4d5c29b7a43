"""Tells the history of a record in sentences: who changed what, from what, to what."""

from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

LONGEST = 90  # letters of a text that a sentence quotes
SILENT = ("version", "updated_at", "created_at", "created_by", "public_id", "id")


def rows(record, limit=20):
    """Return the newest changes of `record` first, as `components/history.html` shows them.

    Two statements, and one more for each table that a changed field points to.
    """
    newest_first = record.history.select_related("history_user").order_by("-history_date", "-history_id")
    kept = list(newest_first[: limit + 1])
    changes = [_changes(newer, older) for newer, older in pairwise(kept)]
    names = _names(record, [change for found in changes for change in found])
    told = []
    for index, entry in enumerate(kept[:limit]):
        found = changes[index] if index < len(changes) else []
        if entry.history_type == "~" and not found and not entry.history_change_reason:
            continue  # saved without a change, or the last one we looked at
        told.append(
            {
                "moment": entry.history_date,
                "who": entry.history_user,
                "words": _words(entry, found),
                "changes": [
                    _sentence(record, change, names) for change in found if change.field != "archived_at"
                ],
            }
        )
    return told


def earlier_versions(record, limit=10):
    """Return the versions one can go back to, the newest first."""
    return record.history.order_by("-history_date", "-history_id")[1 : limit + 1]


def _changes(newer, older):
    return [change for change in newer.diff_against(older).changes if change.field not in SILENT]


def _words(entry, changes):
    if entry.history_type == "+":
        return _("wrote this down")
    archived = next((change for change in changes if change.field == "archived_at"), None)
    if archived:
        return _("put this into the archive") if archived.new else _("took this out of the archive")
    return entry.history_change_reason or _("changed")


def _names(record, changes):
    """Return {(field, pk): name} of the rows that changed foreign keys point to."""
    names = {}
    wanted = {}
    for change in changes:
        field = record._meta.get_field(change.field)
        if field.many_to_one:
            wanted.setdefault(change.field, set()).update({change.old, change.new} - {None})
    for name, keys in wanted.items():
        model = record._meta.get_field(name).related_model
        for row in model._base_manager.filter(pk__in=keys):
            names[name, row.pk] = str(row)
    return names


def _sentence(record, change, names):
    field = record._meta.get_field(change.field)
    label = str(field.verbose_name)
    label = label[:1].upper() + label[1:]
    old, new = (_shown(field, value, names) for value in (change.old, change.new))
    if not old:
        return _("%(field)s: “%(new)s”") % {"field": label, "new": new}
    if not new:
        return _("%(field)s: “%(old)s” removed") % {"field": label, "old": old}
    return _("%(field)s: from “%(old)s” to “%(new)s”") % {"field": label, "old": old, "new": new}


def _shown(field, value, names):
    if value is None or value == "":
        return ""
    if field.many_to_one:
        return names.get((field.name, value), "…")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _plainly(value)


def _plainly(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        value = timezone.localtime(value)
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    shown = " ".join(str(value).split())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST].rstrip()}…"
