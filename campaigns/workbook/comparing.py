"""Says what a workbook would change: workbook, draft and last submission side by side, before anything is written.

Each cell of a workbook carries a mark of what it held when it was downloaded. A cell nobody touched says
nothing: what the draft holds by now stays. One that was changed on both sides is shown as such, to be chosen.
"""

import hashlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from campaigns import cells, snapshots
from campaigns.models import FormLine
from campaigns.workbook import layout
from projects import locks
from projects.models import Activity

NEW, CHANGED, SAME, BACK, GONE = "new", "changed", "same", "back", "gone"


@dataclass
class Change:
    """One cell that the workbook would change: its name, its label, and what stands where, in words."""

    name: str
    code: str
    label: str
    workbook: str
    draft: str
    submitted: str
    is_both: bool = False  # changed on the portal as well since the workbook was downloaded


@dataclass
class Entry:
    """One row of the workbook and what it does to the form."""

    kind: str
    row: dict
    activity: Activity | None = None
    line: FormLine | None = None
    changes: list = field(default_factory=list)

    @property
    def title(self):
        return self.row["values"].get("title", "")

    @property
    def codes(self):
        return [change.code for change in self.changes]


@dataclass
class Plan:
    """Everything a workbook would change, and what stays because the workbook does not speak of it."""

    entries: list = field(default_factory=list)
    answers: list = field(default_factory=list)  # of Change
    answer_texts: dict = field(default_factory=dict)  # question code → text to be saved
    untouched: list = field(default_factory=list)  # lines of the form that are not in the workbook
    newer_here: int = 0  # cells that changed on the portal only, and stay as they are there
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
    def gone(self):
        return self.of_kind(GONE)

    @property
    def disputed(self):
        """Return (place, change) of each cell that was changed on both sides; an answer is known by its question."""
        found = [(_cell_of(entry.row, each.code), each) for entry in self.entries for each in entry.changes]
        found += [({"sheet": "", "cell": ""}, change) for change in self.answers]
        return [(place, change) for place, change in found if change.is_both]

    @property
    def conflicts(self):
        """Return the number of cells that were changed on both sides."""
        return len(self.disputed)

    @property
    def changes_something(self):
        return bool(self.new or self.changed or self.answers)


def external_key(form, row):
    """Return the key of a new row: the same row uploaded twice is one activity."""
    content = "\n".join(_content(row["part"], row["values"]))
    return f"form:{form.public_id}:{hashlib.sha256(content.encode()).hexdigest()[:24]}"


def _content(part, values):
    """Return what makes two rows one activity: the same part, title, day and place."""
    return part, values["title"], values["starts_on"], values.get("place") or ""


def plan(form, read, keep=()):
    """Compare what was read with the draft and the last submission; a fixed number of statements.

    `keep` names cells that were changed on both sides and shall stay as they are on the portal.
    """
    found = Plan()
    rows = _Rows(form, read)
    before = snapshots.last(form) or {}
    submitted = {line["key"]: line for line in before.get("lines", [])}
    names = {uid: unit.name for uid, unit in _units(form).items()}
    for row in read["lines"]:
        entry, twin = rows.entry(row)
        if twin:
            found.mistakes.append(_stands_twice(row, twin))
        _compare(found, entry, submitted, names, keep)
        found.entries.append(entry)
    _closed(found)
    found.untouched = rows.lines_left()
    _answers(found, form, read, before.get("answers", {}), keep)
    return found


def _units(form):
    period = form.round.period
    return cells.provinces_on(period.starts_on, period.next().ends_on)


class _Rows:
    """Finds for each row of a workbook the activity it speaks of: by its hidden key, else by what it says."""

    def __init__(self, form, read):
        self.form = form
        self.lines = {line.activity.public_id: line for line in cells.lines_of(form)}
        in_workbook = {row["key"] for row in read["lines"]}
        self.by_content = {
            _content(line.part, cells.values_of(line)): line
            for key, line in self.lines.items()
            if key not in in_workbook
        }
        self.known = self._known(read)
        self.used: dict[str, dict] = {}  # public id → row
        self.seen: dict[tuple, dict] = {}  # content → row

    def _known(self, read):
        """Return the organisation's activities that rows name and no line holds now: by public id and by key."""
        rows = [row for row in read["lines"] if row["key"] not in self.lines]
        mine = Activity.everything.filter(lead=self.form.organisation_id).select_related("province")
        mine = mine.prefetch_related("participation")
        by_id = mine.filter(public_id__in=[row["key"] for row in rows if row["key"]])
        by_key = mine.filter(external_key__in=[external_key(self.form, row) for row in rows])
        return {activity.public_id: activity for activity in by_id} | {
            activity.external_key: activity for activity in by_key
        }

    def entry(self, row):
        """Return (Entry, an earlier row that is this very activity, or None)."""
        key = row["key"] if row["key"] not in self.used else ""
        content = _content(row["part"], row["values"])
        line = self.lines.get(key) or self.by_content.get(content)
        activity = line.activity if line else self.known.get(key) or self._made_before(row)
        twin = self.seen.get(content) if activity is None or not key else None
        if activity is not None:
            twin = twin or self.used.get(activity.public_id)
            self.used[activity.public_id] = row
            line = line or self.lines.get(activity.public_id)
        self.seen.setdefault(content, row)
        if line is not None:
            return Entry(SAME, row, activity, line), twin
        if activity is None:
            return Entry(NEW, row), twin
        was_touched = any(
            cells.mark_of(code, row["values"][code]) != mark for code, mark in row["marks"].items()
        )
        stays_out = activity.archived_at is not None or (key and not was_touched)
        return Entry(GONE if stays_out else BACK, row, activity), twin

    def _made_before(self, row):
        made = self.known.get(external_key(self.form, row))
        return made if made is not None and made.archived_at is None else None

    def lines_left(self):
        return [line for key, line in self.lines.items() if key not in self.used]


def _compare(found, entry, submitted, names, keep):
    """Fill in what differs from the draft; a number kept in finer detail is not changed from here."""
    if entry.kind in (NEW, GONE):
        return
    draft = cells.values_of(entry.line or FormLine(activity=entry.activity))
    before = submitted.get(entry.activity.public_id, {})
    for code, value in entry.row["values"].items():
        if cells.is_same(code, value, draft[code]):
            continue
        mark = entry.row["marks"].get(code)
        if mark == cells.mark_of(code, value):
            found.newer_here += 1
            continue
        if code in cells.COUNTS and cells.is_broken_down(entry.activity, code):
            found.mistakes.append(_kept_in_detail(entry.row, code))
            continue
        name = f"{entry.activity.public_id}-{code}"
        # A row without marks was typed before the portal knew it: what was saved since may be newer.
        is_both = mark != cells.mark_of(code, draft[code]) if mark else entry.activity.version > 1
        if is_both and name in keep:
            found.newer_here += 1
            continue
        shown = [cells.shown(code, each, names) for each in (value, draft[code], before.get(code))]
        entry.changes.append(Change(name, code, cells.BY_CODE[code].label, *shown, is_both=is_both))
    if entry.changes and entry.kind == SAME:
        entry.kind = CHANGED


def _closed(found):
    """Name the cells that would change numbers of a project that are reported already."""
    changed = [entry for entry in found.entries if entry.changes]
    closed = locks.among([entry.activity for entry in changed]) if changed else {}
    for entry in changed:
        if entry.activity.pk in closed:
            found.mistakes += [
                {**_cell_of(entry.row, code), "words": closed[entry.activity.pk]} for code in entry.codes
            ]


def _cell_of(row, code):
    place = 1 + [column.code for column in cells.columns_of(row["part"])].index(code)
    return {"sheet": row["sheet"], "cell": f"{layout.column_letter(place)}{row['row']}"}


def _kept_in_detail(row, code):
    words = _("The log keeps this number in more detail: change it there, and leave it as it was here.")
    return {**_cell_of(row, code), "words": words}


def _stands_twice(row, twin):
    words = _("The same activity (title, date and place) stands in row %(row)s as well.") % {
        "row": twin["row"]
    }
    return {**_cell_of(row, "title"), "words": words}


def _answers(found, form, read, before, keep):
    now = dict(form.answers.values_list("question__code", "text"))
    for question in form.round.questions.order_by("order", "pk"):
        code = question.code
        mine, theirs = read["answers"].get(code), now.get(code, "")
        if mine is None or mine == theirs:
            continue
        mark = read["answer_marks"].get(code)
        is_both = bool(mark) and mark != cells.mark_of(code, theirs)
        if mark == cells.mark_of(code, mine) or (is_both and f"answer-{code}" in keep):
            found.newer_here += 1
            continue
        found.answer_texts[code] = mine
        found.answers.append(
            Change(f"answer-{code}", code, question.label, mine, theirs, before.get(code, ""), is_both)
        )
