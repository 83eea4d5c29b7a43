"""Tells the history of a record in sentences: who changed what, from what, to what."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, pairwise

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from coalition import earlier_links, wording

LONGEST = 90  # letters of a text that a sentence quotes
SHOWN, MOST = 20, 200  # changes that a page tells at first, and when asked for older ones
REASON = 100  # letters of the column that keeps why
_BETWEEN, _TRANSLATED, _AS_IT_IS = "\x1f", "\x1d=", "="
NAMED = 6  # linked rows that a sentence names; of more it says the number
SILENT = ("version", "updated_at", "created_at", "created_by", "public_id", "id")


def reason(words, **values):
    """Return why a record is saved, for its `_change_reason`: kept in English, told in the reader's language.

    `words` is a text of the catalogue (`gettext_noop`) with a place for each value; a lazily translated value is told
    in that language too. What is too long for the column is cut at its end.
    """
    parts = [words]
    for name, value in values.items():
        mark = _TRANSLATED if isinstance(value, Promise) else _AS_IT_IS
        with translation.override("en"):
            parts.append(f"{name}{mark}{value}")
    return _BETWEEN.join(parts)[:REASON]


def told_reason(kept):
    """Return a kept reason in the reader's language; one from before reasons were kept in English as it is."""
    words, *values = kept.split(_BETWEEN)
    told = defaultdict(str)  # what was cut off is told as nothing
    for each in values:
        is_translated = _TRANSLATED in each
        name, _mark, value = each.partition(_TRANSLATED if is_translated else _AS_IT_IS)
        if value.isdecimal():
            value = number_format(int(value), force_grouping=True)
        told[name] = _(value) if is_translated and value else value
    return _(words) % told if told else _(words)


def page_of(request, record, *, go_back="", of_lines=None):
    """Return what a page of history shows: the newest SHOWN changes and where older ones are; MOST with `?all=1`.

    go_back: name of the address at which a version comes back, for those who may do that. of_lines: a function of the
    record and a number of changes that returns `more` of `rows`.
    """
    is_all = "all" in request.GET
    limit = MOST if is_all else SHOWN
    told = rows(record, request.user, limit, of_lines(record, limit) if of_lines else None)
    for row in told[1:] if go_back else ():
        row["back_url"] = reverse(go_back, args=[record.public_id, row["pk"]])
    return {"history": told, "all_url": "?all=1" if not is_all and record.history.count() > SHOWN else ""}


def rows(record, reader, limit=SHOWN, more=None):
    """Return the newest changes of `record` first, as `components/history.html` shows them to `reader`.

    Two statements, and one more for each table that a changed field points to. Of linked rows that the reader may not
    see, only the number is told. `more` maps versions to sentences about what belongs to the record.
    """
    newest_first = record.history.select_related("history_user").order_by("-history_date", "-history_id")
    kept = list(newest_first[: limit + 1])
    changes = [_changes(newer, older) for newer, older in pairwise(kept)]
    linked = [_links_changed(record, newer, older) for newer, older in pairwise(kept)]
    names = _names(record, [change for found in changes for change in found])
    links = _names_of_links(linked, reader)
    told = []
    for index, entry in enumerate(kept[:limit]):
        found = changes[index] if index < len(changes) else []
        relinked = linked[index] if index < len(linked) else []
        belonging = (more or {}).get(entry.version, ())
        is_told = found or relinked or belonging or entry.history_change_reason
        if entry.history_type == "~" and not is_told:
            continue  # saved without a change, or the last one we looked at
        told.append(
            {
                "pk": entry.pk,
                "moment": entry.history_date,
                "who": entry.history_user,
                "words": _words(entry, found),
                "changes": [
                    *(_sentence(record, change, names) for change in found if change.field != "archived_at"),
                    *(_sentence_of_links(*change, links) for change in relinked),
                    *belonging,
                ],
            }
        )
    return told


def _changes(newer, older):
    return [change for change in newer.diff_against(older).changes if change.field not in SILENT]


def _links_changed(record, newer, older):
    """Return (field, added keys, removed keys) of the links that changed between two neighbouring versions."""
    if newer.links is None or older.links is None:
        return []
    found = []
    for field in earlier_links.fields(type(record)):
        now, then = (set(row.links.get(field.name, ())) for row in (newer, older))
        if now != then:
            found.append((field, sorted(now - then), sorted(then - now)))
    return found


def _names_of_links(changes, reader):
    """Return {(model, pk): name} of the linked rows that `reader` may see."""
    wanted = defaultdict(set)
    for field, added, removed in chain.from_iterable(changes):
        wanted[field.related_model].update(added, removed)
    names = {}
    for model, keys in wanted.items():
        found = model._base_manager.filter(pk__in=keys)
        if hasattr(found, "visible_to"):
            found = found.visible_to(reader)
        names.update(((model, row.pk), str(row)) for row in found)
    return names


def _sentence_of_links(field, added, removed, names):
    named = ([names.get((field.related_model, key)) for key in keys] for keys in (added, removed))
    return f"{_label(field)}: {added_and_removed(*named)}"


def added_and_removed(added, removed):
    """Say which names were added and which removed; None is a name that is not told."""
    parts = ((_("added %(names)s"), added), (_("removed %(names)s"), removed))
    return "; ".join(words % {"names": _listed(names)} for words, names in parts if names)


def _listed(names):
    """Return names in quotes; how many more there are, and how many are not told, in numbers."""
    shown = [f"“{plainly(name)}”" for name in names if name][:NAMED]
    if more := len(names) - len(shown):
        shown.append(_("%(number)s others") % {"number": more} if shown else str(more))
    return ", ".join(shown)


def _label(field):
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _words(entry, changes):
    if entry.history_type == "+":
        return _("wrote this down")
    archived = next((change for change in changes if change.field == "archived_at"), None)
    if archived:
        return _("put this into the archive") if archived.new else _("took this out of the archive")
    return told_reason(entry.history_change_reason) if entry.history_change_reason else _("changed")


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
    return change_of(
        record._meta.get_field(change.field),
        change.old,
        change.new,
        lambda field, pk: names.get((field.name, pk), "…"),
    )


def change_of(field, old, new, name_of):
    """Say in words that a field went from `old` to `new`; of long texts, which words changed.

    `name_of(field, pk)` names what foreign keys point to.
    """
    label = _label(field)
    if isinstance(old, str) and isinstance(new, str) and old and new and max(len(old), len(new)) > LONGEST:
        return format_html("{}: {}", label, wording.difference(old, new))
    return from_to(label, *(shown(field, value, name_of) for value in (old, new)))


def from_to(label, old, new):
    """Say that what `label` names went from `old` to `new`; an empty text is what was not there."""
    if not old:
        return _("%(field)s: “%(new)s”") % {"field": label, "new": new}
    if not new:
        return _("%(field)s: “%(old)s” removed") % {"field": label, "old": old}
    return _("%(field)s: from “%(old)s” to “%(new)s”") % {"field": label, "old": old, "new": new}


def shown(field, value, name_of):
    """Return a value of a field as people read it; empty where there is none."""
    if value is None or value == "":
        return ""
    if field.many_to_one:
        return name_of(field, value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return plainly(value)


def plainly(value):
    """Return a value in one line, numbers and days in the reader's writing; long texts are cut."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return number_format(
            value.normalize() if value % 1 else value.to_integral_value(), force_grouping=True
        )
    if isinstance(value, datetime):
        value = timezone.localtime(value)
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
