"""The directory of organisations and pillars that minutes are read with, from the database."""

from coalition.members.models import Organisation, OrganisationAlias
from coalition.reference.models import CalendarDay, Pillar
from meetings.minutes import Directory, understand

PILLAR_NAMES = {
    "capacity": ("Capacity building", "Tăng cường năng lực"),
    "advocacy": ("Advocacy", "Vận động", "Policy advocacy"),
    "monitoring": ("M&E", "Monitoring", "Giám sát", "Theo dõi và đánh giá", "Theo dõi đánh giá"),
}


def directory(group=None, day=None):
    """Return the Directory of every organisation's names, in three statements."""
    names = []
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


def pillars():
    """Return pairs (code, names) of the plan's pillars."""
    return [
        (pillar.code, (pillar.name_vi, pillar.name_en, *PILLAR_NAMES.get(pillar.code, ())))
        for pillar in Pillar.objects.order_by("number")
    ]


def read(table, *, held_on, group=None):
    """Return the Minutes in a Table, read with the coalition's names, pillars and calendar."""
    return understand(
        table,
        held_on=held_on,
        directory=directory(group, held_on),
        pillars=pillars(),
        overrides=CalendarDay.objects.overrides(),
    )
