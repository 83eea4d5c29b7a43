"""Which organisation people mean: all its names, without case and accents."""

from django.db.models import F

from coalition import text
from coalition.members.models import Organisation, OrganisationAlias


def index():
    """Return {folded name: organisation id} over codes, names, short names and aliases, in two statements.

    One that was merged into another leads to that other one. Where two organisations
    share a name, the one that is still in use and came first keeps it.
    """
    columns = ("pk", "merged_into", "code", "short_name", "name_vi", "name_en")
    in_use_first = Organisation.everything.order_by(F("archived_at").asc(nulls_first=True), "pk")
    rows = list(in_use_first.values_list(*columns))
    survivors = {pk: merged_into or pk for pk, merged_into, *_names in rows}
    found = {}
    for pk, _merged_into, *names in rows:
        for name in filter(None, names):
            found.setdefault(text.fold(text.clean(name)), _survivor(pk, survivors))
    for folded, pk in OrganisationAlias.objects.values_list("folded", "organisation"):
        found[folded] = _survivor(pk, survivors)
    return found


def find(name, known=None):
    """Return the id of the organisation that is called `name`, or None; `known` is an `index()`."""
    return (known if known is not None else index()).get(text.fold(text.clean(name)).strip())


def _survivor(pk, survivors):
    """Follow mergers to their end; a circle, which no form lets in, ends where it began."""
    seen = {pk}
    while survivors[pk] != pk and survivors[pk] not in seen:
        pk = survivors[pk]
        seen.add(pk)
    return pk
