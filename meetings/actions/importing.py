"""Minutes that exist already become a meeting: agenda, actions with their duties, the next meeting."""

import hashlib
from datetime import date, time

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from coalition.members.models import Organisation
from coalition.reference.models import Pillar
from meetings.actions import outputs, points
from meetings.actions.meetings import hold, plan, usual_title
from meetings.models import ActionPoint, AgendaItem, Meeting


@transaction.atomic
def import_minutes(minutes, *, group=None, host=None, by=None, title="", chosen=None):
    """Save what was understood of a file and return (meeting, what was added).

    The same minutes, from whatever file and however often, give one meeting: what is there already stays. A
    meeting of the group on that day takes them in: of a planned one the empty headings go, approved minutes
    are opened for a correction if there is anything to add (their version stays).
    `chosen` maps the place of an action to what a person decided on the review page: None leaves it out,
    else a dict with organisations, due_on, text and so on, as `points.add_point` takes them.
    """
    key = key_of(minutes, group)
    meeting = found_meeting(minutes, group, key)
    added = {"meeting": 0, "items": 0, "actions": 0, "next_meeting": 0, "reopened": 0}
    if meeting is None:
        meeting = plan(
            group=group,
            starts_on=minutes.held_on,
            by=by,
            host=host,
            with_agenda=False,
            title=title or usual_title(group, minutes.held_on),
        )
        added["meeting"] = 1
    if meeting.import_key is None:
        meeting.import_key = key
        meeting.save(update_fields=["import_key"])
    if meeting.state == Meeting.State.PLANNED:
        _clear_headings(meeting)
    hold(meeting, by=by)
    items = _items(meeting, minutes, by, added)
    _actions(meeting, minutes, items, by, added, chosen or {})
    if minutes.next_meeting:
        _next_meeting(meeting, minutes.next_meeting, by, added)
    if meeting.is_frozen and (added["items"] or added["actions"]):
        meeting = outputs.reopen_minutes(meeting, by=by)
        added["reopened"] = 1
    return meeting, added


def found_meeting(minutes, group, key=""):
    """Return the meeting that these minutes are of, if it is known: imported before, or of the group that day."""
    same = Meeting.objects.filter(import_key=key or key_of(minutes, group)).first()
    if same or group is None:
        return same
    of_the_day = Meeting.objects.filter(
        group=group, activity__starts_on=minutes.held_on, activity__archived_at=None
    )
    return of_the_day.select_related("activity").order_by("pk").first()


def key_of(minutes, group):
    """Return what tells these minutes from others: the group, the day, what they begin with."""
    return _key(
        group.code if group else "", minutes.held_on.isoformat(), *(item.title for item in minutes.items[:1])
    )


def _key(*words):
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


def _clear_headings(meeting):
    """Take the pillars off a planned agenda that nobody has written under: the minutes bring their own."""
    empty = meeting.items.filter(
        state=AgendaItem.State.OPEN, content="", carried_from=None, waited_as=None, shares=None, points=None
    ).exclude(pillar=None)
    for item in empty:
        item.archive()


def _items(meeting, minutes, by, added):
    """Save agenda items that are not there yet, in two statements a level; return {row: item}."""
    pillars = {pillar.code: pillar for pillar in Pillar.objects.all()}
    keys = {item.row: _item_key(item) for item in minutes.items}
    existing = {item.import_key: item for item in AgendaItem.everything.filter(meeting=meeting)}
    first = (
        meeting.items.filter(import_key=None).order_by("-order").values_list("order", flat=True).first() or 0
    )
    top = {item.row: existing.get(keys[item.row]) for item in minutes.items}
    new = {
        item.row: _item(meeting, item, keys[item.row], first, by)
        for item in minutes.items
        if top[item.row] is None
    }
    top |= dict(zip(new, _created(new.values(), AgendaItem, by), strict=True))
    below = [
        AgendaItem(
            meeting=meeting, parent=top[item.row], order=first + item.row * 100 + place, number=point.number[:10],
            title=(point.title or " ".join(point.content))[:300], pillar=pillars.get(point.pillar), created_by=by,
            content="\n".join(point.content), state=AgendaItem.State.DISCUSSED, import_key=f"{keys[item.row]}.{place}",
        )
        for item in minutes.items if _has_pillars(item)
        for place, point in enumerate(item.points, 1)
        if f"{keys[item.row]}.{place}" not in existing
    ]  # fmt: skip
    _created(below, AgendaItem, by)
    added["items"] += len(new) + len(below)
    return top


def _has_pillars(item):
    return any(point.pillar for point in item.points)


def _item_key(item):
    """Return what tells an agenda item from others, whatever becomes of its words in the portal."""
    lines = [item.title, *item.content]
    for point in item.points:
        lines += [point.number, point.title, *point.content]
    return _key(str(item.row), *lines)[:56]


def _item(meeting, item, key, first, by):
    """Return the unsaved agenda item of a row; numbered points without pillars are its lines."""
    lines = item.content + ([] if _has_pillars(item) else [_numbered(point) for point in item.points])
    title = item.title or " ".join(lines) or ", ".join(point.title for point in item.points)
    return AgendaItem(
        meeting=meeting, order=first + item.row * 100, title=title[:300], created_by=by, content="\n".join(lines),
        state=AgendaItem.State.DISCUSSED, import_key=key,
    )  # fmt: skip


def _created(records, model, by):
    """Save new records with their history in few statements; return them in order."""
    records = list(records)
    for record in records:
        record.fill_columns()
    return bulk_create_with_history(records, model, default_user=by) if records else []


def _numbered(point):
    return f"{point.number}. " + " ".join(
        [*filter(None, [point.title and f"{point.title}:"]), *point.content]
    )


def _actions(meeting, minutes, items, by, added, chosen):
    known = set(ActionPoint.everything.filter(meeting=meeting).values_list("import_key", flat=True))
    organisations = {
        organisation.code: organisation
        for organisation in Organisation.objects.filter(
            code__in={part.code for action in [*minutes.actions, *minutes.proposals] for part in action.parts}
        )
    }
    rows = []
    for place, action in enumerate([*minutes.actions, *minutes.proposals]):
        key = _key(str(action.row), str(action.line), action.text)
        unless_said = {} if place < len(minutes.actions) else None  # a proposal needs somebody's word
        if key in known or chosen.get(place, unless_said) is None:
            continue
        known.add(key)
        row = {**read(action, organisations), "item": items.get(action.row), "import_key": key}
        rows.append({**row, "parts": (), **chosen[place]} if chosen.get(place) else row)
    points.add_points(meeting, rows, by=by)
    added["actions"] += len(rows)


def read(action, organisations):
    """Return what `points.add_point` takes for an action as it was understood."""
    due_on, not_before = dates(action.due)
    parts = [
        (organisations[part.code], part.person, *dates(part.due))
        for part in action.parts
        if part.code in organisations
    ]
    return {
        "text": action.text,
        "person_words": action.person,
        "due_words": due_words(action.due),
        "due_on": due_on,
        "not_before": not_before,
        "is_for_every_member": action.is_for_every_member,
        "organisations": [organisation for organisation, *_rest in parts],
        "parts": parts,
    }


def dates(due):
    """Return (due_on, not_before) of a Deadline; a repeated duty is first due when its first period ends."""
    if due.relation == "every":
        return due.due_on or due.end, None
    return due.due_on, due.not_before


def due_words(due):
    """Return the deadline as the minutes say it."""
    return ", ".join(dict.fromkeys(one.words for one in (due, *due.more) if one.words))[:300]


def _next_meeting(meeting, said, by, added):
    """Plan the meeting that the minutes announce, unless the group meets on that day already."""
    if not meeting.next_words:
        meeting.next_words = said["words"][:300]
        meeting.save(update_fields=["next_words"])
    day = date.fromisoformat(said["date"])
    same_day = Meeting.objects.filter(
        group=meeting.group, activity__starts_on=day, activity__archived_at=None
    )
    if Meeting.objects.filter(previous=meeting).exists():
        return
    following = same_day.exclude(pk=meeting.pk).first()
    if following is None:
        following = plan(
            group=meeting.group,
            starts_on=day,
            by=by,
            host=meeting.activity.lead,
            place=said["place"][:200],
            starts_at=_time(said["start_time"]),
            ends_at=_time(said["end_time"]),
        )
        added["next_meeting"] = 1
    if following.previous_id is None:
        following.previous = meeting
        following.save(update_fields=["previous"])


def _time(words):
    return time.fromisoformat(words) if words else None
