"""The directory of organisations and pillars that minutes are read with, from the database."""

from django.db import transaction
from django.db.models import Q

from coalition import text
from coalition.members.models import Organisation, OrganisationAlias
from coalition.reference.models import CalendarDay, Pillar
from meetings.minutes import Directory, understand

PILLAR_NAMES = {
    "capacity": ("Capacity building", "Tăng cường năng lực"),
    "advocacy": ("Advocacy", "Vận động", "Policy advocacy"),
    "monitoring": ("M&E", "Monitoring", "Giám sát", "Theo dõi và đánh giá", "Theo dõi đánh giá"),
}


def directory(group=None, day=None, more=()):
    """Return the Directory of every organisation's names, in three statements; `more` are pairs (name, code)."""
    names = list(more)
    for code, short, vietnamese, english in Organisation.objects.filter(merged_into=None).values_list(
        "code", "short_name", "name_vi", "name_en"
    ):
        names += [(name, code) for name in (code, short, vietnamese, english) if name]
    names += OrganisationAlias.objects.values_list("name", "organisation__code")
    members = (
        group.members_on(day)
        if group
        else Organisation.objects.members_on(day)
        if day
        else Organisation.objects.none()
    )
    return Directory(names, members.values_list("code", flat=True) if day else ())


def offered():
    """Return the names by which organisations are offered where one is typed."""
    return [str(organisation) for organisation in Organisation.objects.filter(merged_into=None).in_order()]


@transaction.atomic
def learn(matched):
    """Keep names that a person has matched, pairs (name, code), as other names of their organisations."""
    organisations = {each.code: each for each in Organisation.objects.filter(code__in=dict(matched).values())}
    for name, code in matched:
        if not OrganisationAlias.objects.filter(folded=text.fold(text.clean(name))).exists():
            OrganisationAlias(name=name[:200], organisation=organisations[code]).save()


def pillars(group=None):
    """Return pairs (code, names) of the plan's pillars, those of the group's own plan last: their names win."""
    return [
        (pillar.code, (pillar.name_vi, pillar.name_en, *PILLAR_NAMES.get(pillar.code, ())))
        for pillar in Pillar.objects.filter(
            Q(is_general=True) | Q(working_groups=group, working_groups__isnull=False)
        )
        .order_by("-is_general", "number")
        .distinct()
    ]


def read(table, *, held_on, group=None, more=()):
    """Return the Minutes in a Table, read with the coalition's names (and `more` pairs), pillars and calendar."""
    return understand(
        table,
        held_on=held_on,
        directory=directory(group, held_on, more),
        pillars=pillars(group),
        overrides=CalendarDay.objects.overrides(),
    )
