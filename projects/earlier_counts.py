"""The head counts that an activity had in its earlier versions, so that going back brings them back too.

    with earlier_counts.kept([activity]):
        ...change its head counts and save it...

Whoever changes head counts of a logged activity does it in here. Name lists of adults are not kept: they follow from
the list of a training. A version without a row has the counts of the one before it.
"""

from collections import defaultdict
from contextlib import contextmanager

from django.utils.formats import number_format

from coalition import history
from coalition.members.models import Organisation
from projects.models import CountsVersion, Participation

FIELDS = ("group", "sex", "age", "organisation_id", "count", "with_disability")
BATCH = 1000


@contextmanager
def kept(activities, *, is_saved=False):
    """Keep the counts before and after what happens inside; four statements for any number of activities.

    is_saved: the activities were already saved with the change, so their counts still are those of the version before.
    """
    activities = list(activities)
    earlier = {activity.pk: max(activity.version - is_saved, 1) for activity in activities}
    _write(earlier, ignore_conflicts=True)
    yield
    now = {activity.pk: activity.version for activity in activities}
    _write(now, update_conflicts=True, update_fields=["rows"], unique_fields=["activity", "version"])


def _write(versions, **conflicts):
    rows = defaultdict(list)
    counts = Participation.objects.filter(activity__in=list(versions), is_named=False)
    for activity, *row in counts.order_by("pk").values_list("activity_id", *FIELDS):
        rows[activity].append(row)
    CountsVersion.objects.bulk_create(
        [
            CountsVersion(activity_id=activity, version=version, rows=rows[activity])
            for activity, version in versions.items()
        ],
        batch_size=BATCH,
        **conflicts,
    )


def of(activity, version):
    """Return the head counts of `version` as lists of FIELDS, or None where they have never changed."""
    found = CountsVersion.objects.filter(activity=activity)
    kept_then = found.filter(version__lte=version).order_by("-version").first()
    kept_then = kept_then or found.order_by("version").first()
    return kept_then.rows if kept_then else None


def people(rows):
    """Return how many people the rows count, or None where nobody counted."""
    return sum(row[FIELDS.index("count")] for row in rows) if rows else None


def put_back(activity, rows):
    """Replace the head counts of `activity` by `rows`; what came from an organisation that is gone is left out."""
    known = {None, *Organisation.everything.values_list("pk", flat=True)}
    activity.participation.filter(is_named=False).delete()
    Participation.objects.bulk_create(
        Participation(activity=activity, **dict(zip(FIELDS, row, strict=True)))
        for row in rows
        if row[FIELDS.index("organisation_id")] in known
    )


def told(activity, limit=20):
    """Return {version: sentences} of the newest changes of the head counts, for `history.rows`; two statements."""
    kept_ones = list(CountsVersion.objects.filter(activity=activity).order_by("-version")[: 2 * limit])
    counts = [_by_cell(row.rows) for row in kept_ones]
    guests = {cell[-1] for found in counts for cell in found} - {None}
    names = Organisation.everything.in_bulk(guests)
    return {
        row.version: [
            history.from_to(_called(cell, names), _number(then.get(cell)), _number(now.get(cell)))
            for cell in dict.fromkeys([*now, *then])
            if now.get(cell) != then.get(cell)
        ]
        for row, now, then in zip(kept_ones, counts, counts[1:], strict=False)
        if now != then
    }


def _by_cell(rows):
    """Return {(what is counted, group, sex, age, organisation): number}; a blank is missing, not zero."""
    found = {}
    for group, sex, age, organisation, count, disabled in rows:
        found["count", group, sex, age, organisation] = count
        if disabled is not None:
            found["with_disability", group, sex, age, organisation] = disabled
    return found


def _called(cell, names):
    counted, group, sex, age, organisation = cell
    parts = [Participation.Group(group).label, Participation.Sex(sex).label, Participation.Age(age).label]
    if organisation:
        parts.insert(0, names.get(organisation, "…"))
    if counted != "count":
        parts.append(Participation._meta.get_field(counted).verbose_name)
    return " · ".join(str(part) for part in parts)


def _number(value):
    return "" if value is None else number_format(value, force_grouping=True)
