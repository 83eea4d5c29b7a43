"""Says what a workbook would change: workbook, draft and last submission side by side, before anything is written."""

import hashlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from campaigns import cells, snapshots
from campaigns.models import FormLine
from campaigns.workbook import layout
from projects.models import Activity

NEW, CHANGED, SAME, BACK = "new", "changed", "same", "back"


@dataclass
class Entry:
    """One row of the workbook and what it does to the form. `changes`: (label, workbook, draft, last submitted)."""

    kind: str
    row: dict
    activity: Activity | None = None
    line: FormLine | None = None
    codes: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    is_newer_here: bool = False  # the draft was changed after the workbook was downloaded

    @property
    def title(self):
        return self.row["values"].get("title", "")


@dataclass
class Plan:
    """Everything a workbook would change, and what stays because the workbook does not hold it."""

    entries: list = field(default_factory=list)
    answers: list = field(default_factory=list)  # (code, label, workbook, draft, last submitted)
    untouched: list = field(default_factory=list)  # lines of the form that are not in the workbook
    mistakes: list = field(default_factory=list)

    def of_kind(self, kind):
        return [entry for entry in self.entries if entry.kind == kind]

    @property
    def new(self):
        return self.of_kind(NEW) + self.of_kind(BACK)

    @property
    def changed(self):
        return self.of_kind(CHANGED)

    @property
    def same(self):
        return self.of_kind(SAME)

    @property
    def changes_something(self):
        return bool(self.new or self.changed or self.answers)


def external_key(form, row):
    """Return the key of a new row: the same row uploaded twice is one activity."""
    values = row["values"]
    content = "\n".join([row["part"], values["title"], values["starts_on"], values.get("place") or ""])
    return f"form:{form.public_id}:{hashlib.sha256(content.encode()).hexdigest()[:24]}"


def plan(form, read):
    """Compare what was read with the draft and the last submission; a fixed number of statements."""
    found = Plan()
    lines = {line.activity.public_id: line for line in cells.lines_of(form)}
    others = _others(form, read, lines)
    names = {uid: unit.name for uid, unit in _units(form).items()}
    submitted = {line["key"]: line for line in (snapshots.last(form) or {}).get("lines", [])}
    used = set()
    for row in read["lines"]:
        key = row["key"] if row["key"] not in used else ""
        entry = _entry(form, row, key, lines, others)
        if entry.activity is not None:
            used.add(entry.activity.public_id)
        _compare(found, entry, submitted, names)
        found.entries.append(entry)
    found.untouched = [line for key, line in lines.items() if key not in used]
    _answers(found, form, read)
    return found


def _units(form):
    period = form.round.period
    return cells.provinces_on(period.starts_on, period.next().ends_on)


def _others(form, read, lines):
    """Return the organisation's activities that rows name and no line holds now: by public id and by key."""
    keys = [row["key"] for row in read["lines"] if row["key"] and row["key"] not in lines]
    new = [external_key(form, row) for row in read["lines"] if row["key"] not in lines]
    mine = Activity.objects.filter(lead=form.organisation_id).select_related("province")
    mine = mine.prefetch_related("participation")
    known = {activity.public_id: activity for activity in mine.filter(public_id__in=keys)}
    known |= {activity.external_key: activity for activity in mine.filter(external_key__in=new)}
    return known


def _entry(form, row, key, lines, others):
    if key in lines:
        line = lines[key]
        return Entry(SAME, row, line.activity, line, is_newer_here=line.activity.version > row["version"])
    activity = others.get(key) or others.get(external_key(form, row))
    if activity is None:
        return Entry(NEW, row)
    line = lines.get(activity.public_id)
    if line is not None:
        return Entry(SAME, row, line.activity, line)
    return Entry(BACK, row, activity)


def _compare(found, entry, submitted, names):
    """Fill in what differs from the draft; a number kept in finer detail is not changed from here."""
    if entry.kind == NEW:
        return
    line = entry.line or FormLine(activity=entry.activity)
    draft = cells.values_of(line)
    before = submitted.get(entry.activity.public_id, {})
    for code, value in entry.row["values"].items():
        if value == draft[code] or (not value and not draft[code] and code not in cells.COUNTS):
            continue
        if code in cells.COUNTS and cells.is_broken_down(entry.activity, code):
            found.mistakes.append(_kept_in_detail(entry.row, code))
            continue
        entry.codes.append(code)
        shown = [cells.shown(code, each, names) for each in (value, draft[code], before.get(code))]
        entry.changes.append((cells.BY_CODE[code].label, *shown))
    if entry.codes and entry.kind == SAME:
        entry.kind = CHANGED


def _kept_in_detail(row, code):
    place = 1 + [column.code for column in cells.columns_of(row["part"])].index(code)
    return {
        "sheet": row["sheet"],
        "cell": f"{layout.column_letter(place)}{row['row']}",
        "words": _("The log keeps this number in more detail: change it there, and leave it as it was here."),
    }


def _answers(found, form, read):
    now = dict(form.answers.values_list("question__code", "text"))
    before = (snapshots.last(form) or {}).get("answers", {})
    for question in form.round.questions.order_by("order", "pk"):
        mine = read["answers"].get(question.code)
        theirs = now.get(question.code, "")
        if mine is not None and mine != theirs:
            found.answers.append((question.code, question.label, mine, theirs, before.get(question.code, "")))
