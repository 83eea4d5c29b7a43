"""Who took part, from where and in which places."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects import counting
from projects.models import Participation
from projects.reports import blocks as b


def by_province(scope):
    """Return {Province of the report's units or None: {"activities", "people", "organisations"}}."""
    return scope.once("provinces", lambda: _by_province(scope))


def _by_province(scope):
    folded = counting.folding(scope.generation)
    counted = defaultdict(lambda: {"activities": 0, "people": 0, "organisations": set()})
    for activity in scope.held():
        place = counted[folded.get(activity.province_id)]
        place["activities"] += 1
        place["people"] += activity.people or 0
    for province, organisation in counting.supported_in(scope.activities()):
        counted[folded.get(province)]["organisations"].add(organisation)
    return {
        place: {**numbers, "organisations": len(numbers["organisations"])}
        for place, numbers in counted.items()
    }


def cells(scope):
    """Return rows of activity, group, sex, age, number and of whom with disability, read once."""
    return scope.once("cells", lambda: counting.cells(scope.activities()))


def supported(scope):
    return scope.once("organisations", lambda: counting.supported_often(scope.activities()))


def supported_figure(scope):
    """Organisations supported, each once."""
    found = supported(scope)
    return b.figure(
        len(found),
        ngettext("organisation supported", "organisations supported", len(found)),
        path=scope.supported_rows(),
        rule=counting.organisations_rule(),
        records=[
            (organisation.name_in(scope.language), organisation.get_absolute_url())
            for organisation, _times, _sent in found
        ],
    )


def participants(scope):
    """People by sex and age, and by group; both definitions of a child come out."""
    counted, groups = defaultdict(int), {}
    for cell in cells(scope):
        counted[cell["age"], cell["sex"]] += cell["number"] or 0
        before = groups.get(cell["group"], (None, None))
        groups[cell["group"]] = tuple(
            b.total(so_far, cell[name]) for so_far, name in zip(before, ("number", "disabled"), strict=True)
        )
    ages, sexes = Participation.Age.choices, Participation.Sex.choices
    rows = []
    for age, label in ages:
        numbers = [counted.get((age, sex)) for sex, _label in sexes]
        known = [number for number in numbers if number is not None]
        if known:
            rows.append([label, *numbers, sum(known)])
    if not rows:
        return []
    totals = [sum(row[i] or 0 for row in rows) for i in range(1, len(sexes) + 2)]
    columns = [
        (_("Age"), "text", 30),
        *((label, "number", 18) for _sex, label in sexes),
        (_("Together"), "number", 16),
    ]
    series = [(label, [row[1 + i] for row in rows]) for i, (_sex, label) in enumerate(sexes)]
    labels = [row[0] for row in rows]
    title = _("Participations by age and sex")
    return [
        b.stacked(title, labels, series, unit=_("people"), told_below=True),
        b.table(_("By age and sex"), columns, [*rows, [_("Together"), *totals]],
                note=counting.people_rule(), path=scope.rows(state="held")),
        b.table(
            _("By group"),
            [
                (_("Group"), "text", 60),
                (_("People"), "number", 20),
                (_("of whom with disability"), "number", 20),
            ],
            _by_group(groups),
            path=scope.rows(state="held"),
        ),
    ]  # fmt: skip


def _by_group(groups):
    """Return [group, people, of whom with disability], the largest first."""
    labels = dict(Participation.Group.choices)
    ordered = sorted(groups.items(), key=lambda item: (-(item[1][0] or 0), item[0]))
    return [[labels[group], *numbers] for group, numbers in ordered]


def organisations(scope):
    """Each organisation once, with how often it took part."""
    columns = [(_("Organisation"), "text", 60), (_("Activities"), "number", 20), (_("People"), "number", 20)]
    rows = [
        [organisation.name_in(scope.language), times, sent] for organisation, times, sent in supported(scope)
    ]
    title = _("Organisations that took part")
    return [supported_figure(scope), b.table(title, columns, rows, path=scope.supported_rows())]


def provinces(scope):
    """The map and its table, in the units the report states its numbers in."""
    counted = by_province(scope)
    ordered = sorted(
        counted.items(),
        key=lambda item: (item[0] is None, -item[1]["activities"], item[0] and item[0].sort_key),
    )
    rows = [
        [
            province.name_in(scope.language) if province else _("Online or not known"),
            numbers["activities"],
            numbers["people"],
            numbers["organisations"],
        ]
        for province, numbers in ordered
    ]
    columns = [
        (_("Province or city"), "text", 40),
        (_("Activities"), "number", 20),
        (_("People"), "number", 20),
        (_("Organisations"), "number", 20),
    ]
    values = {province.uid: numbers["activities"] for province, numbers in counted.items() if province}
    note = (
        _("In the 34 units of today; earlier provinces are counted in their successors.")
        if scope.generation == 34
        else _("In the 63 units of before 1 July 2025.")
    )
    return [
        b.province_map(
            _("Activities by province"), values, scope.generation, unit=_("activities"), told_below=True
        ),
        b.table(_("By province"), columns, rows, note=note, path=scope.rows(state="held")),
    ]
