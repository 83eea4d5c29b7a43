"""Takes in a whole spreadsheet of activities: reads it, finds every mistake, then writes in few statements.

`plan(rows)` writes nothing; it returns what would happen and every error by its cell. `write(plan, by)`
does it, in one transaction. The same sheet twice changes nothing the second time.
"""

import csv
import io
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coalition import earlier_links, history, text
from coalition.files import checks
from projects import earlier_counts
from projects.actions import simple_counts
from projects.models import Activity, Participation
from projects.resources import COLUMNS, ActivityResource, Known

ROWS, WIDTH, BATCH = 5000, 60, 1000
WRITTEN = (
    "title",
    "kind",
    "state",
    "starts_on",
    "ends_on",
    "province_id",
    "place",
    "is_online",
    "summary",
    "outcome",
)
COUNTS = ("women", "men", "children", "not_known")


@dataclass
class Mistake:
    """What is wrong with one cell, named as the spreadsheet names it ("E17")."""

    cell: str
    column: str
    value: str
    words: str


@dataclass
class Line:
    """One row as it would be written."""

    number: int
    values: dict
    activity: Activity
    projects: set
    counts: dict
    organisations: list
    is_new: bool = True
    is_changed: bool = True


@dataclass
class Plan:
    lines: list = field(default_factory=list)
    mistakes: list = field(default_factory=list)

    @property
    def new(self):
        return [line for line in self.lines if line.is_new]

    @property
    def changed(self):
        return [line for line in self.lines if not line.is_new and line.is_changed]

    @property
    def unchanged(self):
        return [line for line in self.lines if not line.is_new and not line.is_changed]


def read(upload):
    """Return the rows of an .xlsx or .csv upload as lists of cells; raise checks.Refused."""
    if checks.sniff(upload) == "zip":
        checks.check_office_file(upload, kinds=("xlsx",))
        return _trimmed(_sheet(upload))
    checks.check_size(upload, checks.SHEET_SIZE)
    upload.seek(0)
    try:
        written = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise checks.Refused(_("Save the file as .xlsx, or as CSV in UTF-8.")) from error
    first = written.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        return _trimmed(csv.reader(io.StringIO(written), delimiter=separator))
    except csv.Error as error:
        raise checks.Refused(_("Save the file as .xlsx, or as CSV in UTF-8.")) from error


def _sheet(upload):
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(upload).get_sheet_by_index(0).iter_rows()
    except (CalamineError, ValueError, IndexError) as error:
        raise checks.Refused(_("This is not a Word or Excel file, or it is damaged.")) from error


def _trimmed(rows):
    """Return the rows that hold something, with their numbers in the sheet."""
    found = []
    for number, row in enumerate(rows, start=1):
        cells = list(row[:WIDTH])
        if any(str(cell).strip() for cell in cells if cell is not None):
            found.append((number, cells))
        if len(found) > ROWS + 1:
            raise checks.Refused(_("At most 5,000 rows at once. Please split the file."), status=413)
    return found


def plan(rows):
    """Return a Plan of the numbered rows, the first of which names the columns."""
    found = Plan()
    if len(rows) < 2:
        found.mistakes.append(
            Mistake("A1", "", "", _("The sheet holds no rows below the names of the columns."))
        )
        return found
    places = _columns(rows[0][1], found)
    if found.mistakes:
        return found
    known, keys = Known(), {}
    for number, cells in rows[1:]:
        line = _line(number, cells, places, known, found.mistakes)
        if line is None:
            continue
        key = (line.activity.lead_id, line.activity.external_key)
        if key in keys:
            words = _("The same key stands in row %(row)s.") % {"row": keys[key]}
            found.mistakes.append(
                Mistake(f"{_letter(places['external_key'])}{number}", _name("external_key"), key[1], words)
            )
        keys[key] = number
        found.lines.append(line)
    if not found.mistakes:
        _compare(found)
    return found


def _columns(heads, found):
    """Return {column: place} from the names in the first row, in Vietnamese or English."""
    names = {}
    for column in COLUMNS:
        for name in _names(column):
            names[text.fold(name)] = column
    places = {}
    for place, head in enumerate(heads):
        column = names.get(text.fold(text.clean(str(head or ""))).strip().rstrip("*").strip())
        if column:
            places.setdefault(column, place)
    for column in ("external_key", "title", "starts_on", "lead"):
        if column not in places:
            words = _("The column “%(name)s” is missing.") % {"name": _name(column)}
            found.mistakes.append(Mistake("1", _name(column), "", words))
    return places


def _name(column):
    return str(ActivityResource.fields[column].column_name)


def _names(column):
    from django.utils.translation import override

    for language in ("vi", "en"):
        with override(language):
            yield _name(column)
    yield column


def _letter(place):
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _line(number, cells, places, known, mistakes):
    """Return the Line of one row, or None; every mistake of the row is noted."""
    values, before = {}, len(mistakes)

    def note(column, value, words):
        cell = f"{_letter(places.get(column, 0))}{number}"
        mistakes.append(
            Mistake(cell, _name(column), str(value if value is not None else "")[:80], str(words))
        )

    for column in COLUMNS:
        cell = cells[places[column]] if column in places and places[column] < len(cells) else None
        try:
            values[column] = ActivityResource.fields[column].widget.clean(cell)
        except ValueError as error:
            note(column, cell, error)
    linked = _linked(values, known, note)
    day, end = values.get("starts_on"), values.get("ends_on")
    if day and not 1990 <= day.year <= timezone.localdate().year + 5:
        note("starts_on", day, _("Please look at the year again."))
    if day and end and end < day:
        note("ends_on", end, _("An activity cannot end before it starts."))
    if len(mistakes) > before:
        return None
    activity = Activity(
        external_key=values["external_key"], lead_id=linked["lead"], province_id=linked["province"],
        **{name: values[name] for name in WRITTEN if name != "province_id"},
    )  # fmt: skip
    counts = {name: values[name] for name in COUNTS if values[name] is not None}
    return Line(
        number, values, activity, set(linked["projects"]), counts, sorted(set(linked["organisations"]))
    )


def _linked(values, known, note):
    """Return the ids that the row's names stand for; what is not known is noted."""
    found = {"lead": None, "province": None, "projects": [], "organisations": []}
    try:
        found["lead"] = known.organisation(values["lead"]) if values.get("lead") else None
    except ValueError as error:
        note("lead", values["lead"], error)
    try:
        if values.get("starts_on"):
            found["province"] = known.province(values.get("province"), values["starts_on"])
    except ValueError as error:
        note("province", values["province"], error)
    for column, look_up in (("projects", known.project), ("organisations", known.organisation)):
        for name in values.get(column) or []:
            try:
                found[column].append(look_up(name))
            except ValueError as error:
                note(column, name, error)
    for project in found["projects"]:
        locked = known.locked.get(project)
        if locked and values.get("starts_on") and values["starts_on"] <= locked:
            words = _("The numbers of this project are locked up to %(day)s.")
            note("starts_on", values["starts_on"], words % {"day": f"{locked:%d/%m/%Y}"})
    return found


def _compare(found):
    """Say of each line whether it is new, changes something or changes nothing, in three statements."""
    keys = [line.activity.external_key for line in found.lines]
    there = {(activity.lead_id, activity.external_key): activity
             for activity in Activity.everything.filter(external_key__in=keys)}  # fmt: skip
    ids = [activity.pk for activity in there.values()]
    projects, counts, sent = {}, {}, {}
    links = Activity.projects.through.objects.filter(activity__in=ids)
    for activity, project in links.values_list("activity", "project"):
        projects.setdefault(activity, set()).add(project)
    for row in Participation.objects.filter(activity__in=ids, is_named=False):
        if row.organisation_id:
            sent.setdefault(row.activity_id, set()).add(row.organisation_id)
        else:
            counts.setdefault(row.activity_id, {})[row.group, row.sex, row.age] = row.count
    for line in found.lines:
        earlier = there.get((line.activity.lead_id, line.activity.external_key))
        line.is_new = earlier is None
        if earlier is None:
            continue
        wanted = simple_counts(line.counts)
        line.is_changed = (
            any(getattr(earlier, name) != getattr(line.activity, name) for name in WRITTEN)
            or not line.projects <= projects.get(earlier.pk, set())
            or not set(line.organisations) <= sent.get(earlier.pk, set())
            or any(counts.get(earlier.pk, {}).get(key) != number for key, number in wanted.items())
        )
        for name in WRITTEN:
            setattr(earlier, name, getattr(line.activity, name))
        line.activity = earlier


@transaction.atomic
def write(found, *, by):
    """Write a Plan without mistakes, in batches; return (new, changed)."""
    new = [line.activity for line in found.new]
    changed = [line.activity for line in found.changed]
    for activity in [*new, *changed]:
        activity.fill_columns()
    for activity in new:
        activity.created_by = by
    Activity.objects.bulk_create(new, batch_size=BATCH)
    for activity in changed:
        activity.version += 1
        activity.updated_at = timezone.now()
    if changed:
        Activity.everything.bulk_update(
            changed, [*WRITTEN, "search", "sort_key", "version", "updated_at"], BATCH
        )
    reason = history.reason(gettext_noop("imported from a spreadsheet"))
    Activity.history.bulk_history_create(new, batch_size=BATCH, default_user=by, default_change_reason=reason)
    Activity.history.bulk_history_create(
        changed, batch_size=BATCH, update=True, default_user=by, default_change_reason=reason
    )
    joining = [line.activity for line in found.changed if line.projects]
    with earlier_counts.kept(changed, is_saved=True), earlier_links.kept(joining):
        _write_links([*found.new, *found.changed])
    return len(new), len(changed)


def _write_links(lines):
    through = Activity.projects.through
    links = [
        through(activity_id=line.activity.pk, project_id=project)
        for line in lines
        for project in line.projects
    ]
    through.objects.bulk_create(links, batch_size=BATCH * 5, ignore_conflicts=True)
    heads, sent = [], []
    for line in lines:
        heads += [
            Participation(activity=line.activity, group=group, sex=sex, age=age, count=number)
            for (group, sex, age), number in simple_counts(line.counts).items()
        ]
        # The sheet's head counts hold these people already, so the organisations' rows add nobody.
        sent += [
            Participation(activity=line.activity, organisation_id=organisation, group="cso", count=0)
            for organisation in line.organisations
        ]
    changed = [line.activity.pk for line in lines if not line.is_new and line.counts]
    if changed:
        keys = set(simple_counts(dict.fromkeys(COUNTS, 0)))
        rows = Participation.objects.filter(activity__in=changed, organisation=None, is_named=False)
        stale = [row.pk for row in rows if (row.group, row.sex, row.age) in keys]
        Participation.objects.filter(pk__in=stale).delete()
    Participation.objects.bulk_create(heads, batch_size=BATCH * 5)
    Participation.objects.bulk_create(sent, batch_size=BATCH * 5, ignore_conflicts=True)
