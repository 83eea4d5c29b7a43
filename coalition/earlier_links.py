"""Which rows a record was linked with in its earlier versions: an activity's projects, a project's provinces.

    with earlier_links.kept([record]):
        ...change its many-to-many links...

Whoever changes the links of a saved record does it in here, once the save that goes with the change is in the history.
A version that holds no links had those of the one before it.
"""

from contextlib import contextmanager

from django.db import models
from django.db.models import F, Value, Window
from django.db.models.functions import RowNumber

BATCH = 1000


class LinksOfVersion(models.Model):
    """What every row of history may hold besides the record's fields: {field: keys of the linked rows}."""

    links = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True


def fields(model):
    """Return the many-to-many fields of a model that people fill in."""
    return [field for field in model._meta.many_to_many if field.editable]


def read(records, names=None):
    """Return {record's key: {field: sorted keys of its linked rows}}, in one statement for BATCH records."""
    records, found = list(records), {}
    for start in range(0, len(records), BATCH):
        found |= _read(records[start : start + BATCH], names)
    return found


def _read(records, names):
    found = {record.pk: {} for record in records}
    wanted = [field for field in fields(type(records[0])) if names is None or field.name in names]
    for of_record in found.values():
        of_record.update((field.name, []) for field in wanted)
    rows = [
        field.remote_field.through.objects.filter(**{f"{field.m2m_field_name()}__in": list(found)})
        .order_by()
        .values_list(Value(number), f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
        for number, field in enumerate(wanted)
    ]
    for number, record, linked in rows[0].union(*rows[1:], all=True) if rows else ():
        found[record][wanted[number].name].append(linked)
    for of_record in found.values():
        for linked in of_record.values():
            linked.sort()
    return found


@contextmanager
def kept(records):
    """Keep the links that `records` had before and after what happens inside, where it changes them.

    Four statements for any number of records up to BATCH; three where nothing has changed, none without records.
    """
    records = list(records)
    if not records:
        yield
        return
    before = read(records)
    yield
    after = read(records)
    changed = [pk for pk in before if before[pk] != after[pk]]
    for start in range(0, len(changed), BATCH):
        _write(type(records[0]), changed[start : start + BATCH], before, after)


def _write(model, keys, before, after):
    written = []
    for row, recency in _newest_two(model, keys):
        if recency == 1:
            row.links = after[row.id]
        elif row.links is None:
            row.links = before[row.id]
        else:
            continue
        written.append(row)
    model.history.model.objects.bulk_update(written, ["links"], batch_size=BATCH)


def _newest_two(model, keys):
    """Return (history row, 1 for the newest or 2 for the one before it) of each record."""
    order = [F("history_date").desc(), F("history_id").desc()]
    rows = model.history.model.objects.filter(id__in=keys).annotate(
        recency=Window(RowNumber(), partition_by="id", order_by=order)
    )
    return [(row, row.recency) for row in rows.filter(recency__lte=2)]


def of(record, version):
    """Return the links that `record` had in a row of its history, or None where they have never changed."""
    known = record.history.filter(links__isnull=False)
    then = known.filter(version__lte=version.version).order_by("-version", "-history_id").first()
    then = then or known.order_by("version", "history_id").first()
    return then.links if then else None


def put_back(record, links, may_link):
    """Link `record` with what `links` names, within `kept`.

    may_link: {field: rows}; of those that are not linked now only these are linked again. A field it lacks takes all
    rows of its kind that are in use.
    """
    for field in fields(type(record)):
        manager = getattr(record, field.name)
        open_to = may_link.get(field.name, field.related_model._default_manager.all())
        now = set(manager.values_list("pk", flat=True))
        wanted = set(links.get(field.name, now))
        added = set(open_to.filter(pk__in=wanted - now).values_list("pk", flat=True))
        manager.set(sorted((wanted & now) | added))
