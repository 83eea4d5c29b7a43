"""Reads the rows of a long export as bare values: no object is made of a row that is written and forgotten.

Only for lists that say which fields they need (`ListPage.only`): their columns are fields, words for a field's few
values, a related row or an attribute of it, or loaded by the row's key.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Key:
    """What a column's `load` sees of a row here."""

    pk: Any


@dataclass(frozen=True)
class Source:
    """Where a column's values come from: the field that is read, and how a batch of it becomes values."""

    field: str
    words: Any = None  # (values of the batch) → {value: bare value}; None: the values themselves


def sources(columns, model):
    """Return a Source for each column; None if one of them needs whole rows."""
    found = [_source(column, model) for column in columns]
    return None if None in found else found


def batches(rows, found, size):
    """Yield lists of bare rows (a tuple of one value a column), `size` rows at a time."""
    stream = iter(rows.values_list(*(source.field for source in found)).iterator(chunk_size=size))
    while batch := list(islice(stream, size)):
        read = [
            values if source.words is None else map(source.words(values).get, values)
            for source, values in zip(found, zip(*batch, strict=True), strict=True)
        ]
        yield list(zip(*read, strict=True))


def _source(column, model):
    if column.load:
        return Source("pk", lambda keys: column.load([Key(key) for key in keys]))
    first, *rest = ("" if callable(column.value) else column.value or column.key).split(".")
    field = next((each for each in model._meta.concrete_fields if each.name == first), None)
    if field and field.is_relation:
        return Source(field.attname, _Related(field, column))
    if field is None or rest:
        return None
    if column.choices:
        words = {value: str(word) for value, word in column.choices}
        return Source(first, lambda values: {value: words.get(value, value) for value in values})
    return Source(first)


class _Related:
    """The bare values of related rows, which are few and come again: each is read once."""

    def __init__(self, field, column):
        self.field, self.column, self.known = field, column, {None: None}

    def __call__(self, keys):
        new = set(keys) - self.known.keys()
        if new:
            read = self.column.reader()
            for row in self.field.related_model._base_manager.filter(pk__in=new):
                value = read(self.field.model(**{self.field.name: row}))
                self.known[row.pk] = str(value) if isinstance(value, Model) else value
        return self.known
