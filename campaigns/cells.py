"""The cells of a form: one list of columns serves the page, the workbook, the snapshot and the comparison.

A cell's plain value is what JSON can hold: text, whole number, true/false, ISO date, None for blank.
"""

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coalition.reference.models import Province
from projects import earlier_counts
from projects.models import Activity, Participation

TEXT, LONG, DATE, CHOICE, PROVINCE, YES_NO, COUNT, LINKS = (
    "text",
    "long",
    "date",
    "choice",
    "province",
    "yes_no",
    "count",
    "links",
)


@dataclass(frozen=True)
class Column:
    """One column of the lines; `code` is the same in every language and every round."""

    code: str
    label: object
    kind: str
    is_required: bool = False
    is_asked_in_plan: bool = True


COLUMNS = (
    Column("title", _("What was done"), TEXT, is_required=True),
    Column("kind", _("Kind"), CHOICE, is_required=True),
    Column("starts_on", _("Date"), DATE, is_required=True),
    Column("ends_on", _("Until"), DATE),
    Column("province", _("Province"), PROVINCE),
    Column("place", _("Place"), TEXT),
    Column("is_online", _("Online"), YES_NO),
    Column("children_female", _("Children: girls"), COUNT, is_asked_in_plan=False),
    Column("children_male", _("Children: boys"), COUNT, is_asked_in_plan=False),
    Column("children_unknown", _("Children: sex not known"), COUNT, is_asked_in_plan=False),
    Column("adults_female", _("Adults: women"), COUNT, is_asked_in_plan=False),
    Column("adults_male", _("Adults: men"), COUNT, is_asked_in_plan=False),
    Column("adults_unknown", _("Adults: sex not known"), COUNT, is_asked_in_plan=False),
    Column("outcome", _("What came of it"), LONG, is_asked_in_plan=False),
    Column("logo_used", _("Common logo used"), YES_NO, is_asked_in_plan=False),
    Column("links", _("Links"), LINKS, is_asked_in_plan=False),
)
BY_CODE = {column.code: column for column in COLUMNS}
COUNTS = tuple(column.code for column in COLUMNS if column.kind == COUNT)
ON_LINE = ("logo_used", "links")  # held by the form's line; the rest by the activity
ON_ACTIVITY = tuple(c.code for c in COLUMNS if c.kind != COUNT and c.code not in ON_LINE)

# The columns' counts as rows of the log. Any other group or age band of a side is a finer breakdown.
_SIDES = {
    "children": (Participation.Group.CHILDREN, Participation.Age.UNKNOWN),
    "adults": (Participation.Group.OTHER, Participation.Age.ADULT),
}


def columns_of(part):
    """Return the columns that a part of the form ("done" or "plan") asks for."""
    return [column for column in COLUMNS if part == "done" or column.is_asked_in_plan]


def is_child(row):
    """Say on which side of the form a row of the log stands: a child (CRC) or an adult."""
    if row.age == Participation.Age.UNKNOWN:
        return row.group == Participation.Group.CHILDREN
    return row.age in Participation.UNDER_18


def counts_of(activity):
    """Return the activity's head counts by column; None where nothing is known. Uses prefetched rows."""
    sums = dict.fromkeys(COUNTS)
    for row in activity.participation.all():
        code = f"{'children' if is_child(row) else 'adults'}_{row.sex}"
        sums[code] = (sums[code] or 0) + row.count
    return sums


def is_broken_down(activity, code):
    """Say whether a count stands in the log in more detail than the form's column can hold."""
    group, age = _SIDES[code.split("_")[0]]
    rows = [
        row
        for row in activity.participation.all()
        if f"{'children' if is_child(row) else 'adults'}_{row.sex}" == code
    ]
    return any((row.group, row.age) != (group, age) or row.organisation_id or row.is_named for row in rows)


def values_of(line):
    """Return the plain values of all cells of a line."""
    activity = line.activity
    return {
        "title": activity.title,
        "kind": activity.kind,
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat() if activity.ends_on else None,
        "province": activity.province.uid if activity.province_id else None,
        "place": activity.place,
        "is_online": activity.is_online,
        **counts_of(activity),
        "outcome": activity.outcome,
        "logo_used": line.logo_used,
        "links": line.links,
    }


def is_same(code, one, other):
    """Say whether two plain values are one: an empty text and none are, blank and zero people are not."""
    return one == other or (code not in COUNTS and not one and not other)


MARK_LENGTH = 6


def mark_of(code, value):
    """Return six letters that stand for a value: by them a workbook knows what it was downloaded with."""
    plain = "" if is_same(code, value, None) else str(value)
    return base64.urlsafe_b64encode(hashlib.sha256(plain.encode()).digest())[:MARK_LENGTH].decode()


def lines_of(form):
    """Return the form's lines with all their cells loaded, in order.

    Left out are archived activities, and those that have been handed to another organisation since.
    """
    return (
        form.lines.filter(activity__archived_at=None, activity__lead=form.organisation_id)
        .select_related("activity__province")
        .prefetch_related("activity__participation")
        .order_by("part", "activity__starts_on", "order", "pk")
    )


def fill_activity(activity, values, provinces):
    """Write plain values into an unsaved or saved activity; `provinces`: uid → unit. Return what changed."""
    changed = []
    for code in ON_ACTIVITY:
        if code not in values:
            continue
        value = values[code]
        if code in ("starts_on", "ends_on"):
            value = dt.date.fromisoformat(value) if value else None
        elif code == "province":
            value = provinces.get(value)
        elif code == "is_online":
            value = bool(value)
        elif value is None:
            value = ""
        if getattr(activity, code) != value:
            setattr(activity, code, value)
            changed.append(code)
    return changed


def count_key(code):
    """Return group, age and sex under which the log keeps the number of a column."""
    side, sex = code.split("_")
    group, age = _SIDES[side]
    return {"group": group, "age": age, "sex": sex}


def count_rows(activity, values):
    """Return the unsaved rows of the log that the form's counts stand for; a blank makes no row."""
    return [
        Participation(activity=activity, count=values[code], **count_key(code))
        for code in COUNTS
        if values.get(code) is not None
    ]


def write_counts(activity, values):
    """Replace the counts that differ (none kept in finer detail); return the codes that changed."""
    now = counts_of(activity)
    changed = [code for code in COUNTS if code in values and values[code] != now[code]]
    if not changed:
        return changed
    rows = Participation.objects.filter(activity=activity, organisation=None, is_named=False)
    with earlier_counts.kept([activity], is_saved=True):
        for code in changed:
            rows.filter(**count_key(code)).delete()
        Participation.objects.bulk_create(count_rows(activity, {code: values[code] for code in changed}))
    return changed


def provinces_on(first, last):
    """Return {uid: unit} of all units that existed on some day of the period."""
    return {unit.uid: unit for unit in Province.objects.valid_on(first) | Province.objects.valid_on(last)}


def shown(code, value, names=None):
    """Return a plain value as words for a comparison; `names` maps province uids to names."""
    kind = BY_CODE[code].kind if code in BY_CODE else TEXT
    if value is None or value == "":
        return "–"
    if kind == DATE:
        day = dt.date.fromisoformat(value)
        return f"{day.day:02}/{day.month:02}/{day.year}"
    if kind == YES_NO:
        return _("yes") if value else _("no")
    if kind == CHOICE:
        return dict(Activity.Kind.choices).get(value, value)
    if kind == PROVINCE:
        return (names or {}).get(value, value)
    return str(value)


def side_sum(counts, side):
    """Sum the known counts of one side ("children" or "adults"); None where nothing is known."""
    known = [number for code, number in counts.items() if code.startswith(side) and number is not None]
    return sum(known) if known else None
