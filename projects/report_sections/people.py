"""Who took part, from where and in which places."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects import counting
from projects.models import Participation
from projects.reports import blocks as b


def by_province(scope):
    return scope.once("provinces", lambda: counting.by_province(scope.activities(), scope.generation))


def supported(scope):
    return scope.once("organisations", lambda: counting.supported_often(scope.activities()))


def participants(scope):
    """People by sex and age, and by group; both definitions of a child come out."""
    counted = counting.sex_by_age(scope.activities())
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
    series = [(label, [row[1 + i] or 0 for row in rows]) for i, (_sex, label) in enumerate(sexes)]
    groups = [[label, number, disabled] for label, number, disabled in counting.by_group(scope.activities())]
    return [
        b.stacked(_("Participations by age and sex"), [row[0] for row in rows], series, unit=_("people")),
        b.table(_("By age and sex"), columns, [*rows, [_("Together"), *totals]], note=counting.people_rule()),
        b.table(
            _("By group"),
            [
                (_("Group"), "text", 60),
                (_("People"), "number", 20),
                (_("of whom with disability"), "number", 20),
            ],
            groups,
        ),
    ]


def organisations(scope):
    """Each organisation once, with how often it took part."""
    found = supported(scope)
    columns = [(_("Organisation"), "text", 60), (_("Activities"), "number", 20), (_("People"), "number", 20)]
    rows = [[organisation.name_in(scope.language), times, sent] for organisation, times, sent in found]
    count = len(rows)
    return [
        b.figure(
            count,
            ngettext("organisation supported", "organisations supported", count),
            path=scope.rows(state="held"),
            rule=counting.organisations_rule(),
        ),
        b.table(_("Organisations that took part"), columns, rows),
    ]


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
        b.province_map(_("Activities by province"), values, scope.generation, unit=_("activities")),
        b.table(_("By province"), columns, rows, note=note),
    ]
