"""How the coalition counts: people, organisations and places, always from rows, with the rule in words.

Every function takes a queryset of activities that is already limited to what the person may see and
to the period; none stores a total.
"""

from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.members.models import Organisation
from coalition.reference.models import Province
from projects.models import Activity, Participation, Project

# A head count of "children" without ages is one of people under 18, as the Convention has it; whether
# they were under 16, as Vietnamese law has it, is then not known.
CHILDREN = Q(age__in=Participation.UNDER_18) | Q(group="children", age="unknown")


def rows_path(**wanted):
    """Return the address of the activity list with the given filters (the rows behind a number)."""
    query = urlencode({name: value for name, value in wanted.items() if value not in (None, "")}, doseq=True)
    return reverse("projects:activity_list") + (f"?{query}" if query else "")


def people_rule():
    return _(
        "Participations in activities that were held: people on name lists and head counts are added; "
        "somebody who took part twice is counted twice; what is not known is not counted as zero."
    )


def organisations_rule():
    return _(
        "Each organisation is counted once, whatever name it was written under; the organisation that "
        "led the activity is left out."
    )


def people(activities):
    """Return sums over the participation of held activities, in one statement.

    A dict of people, female, male, unknown_sex, under_16, under_18, adults, unknown_age and
    with_disability (None where nobody wrote a number), and `counted`, the activities that have numbers.
    """
    rows = Participation.objects.filter(activity__in=_held(activities))

    def total(**limits):
        return Sum("count", filter=Q(**limits)) if limits else Sum("count")

    return rows.aggregate(
        people=total(),
        female=total(sex="female"),
        male=total(sex="male"),
        unknown_sex=total(sex="unknown"),
        under_16=total(age__in=Participation.UNDER_16),
        under_18=Sum("count", filter=CHILDREN),
        adults=total(age="18+"),
        unknown_age=Sum("count", filter=Q(age="unknown") & ~Q(group="children")),
        with_disability=Sum("with_disability"),
        counted=Count("activity", distinct=True),
    )


def cells(activities):
    """Return the head counts of held activities: dicts of activity, group, sex, age, number, disabled."""
    rows = Participation.objects.filter(activity__in=_held(activities).values("pk"))
    counted = rows.values("activity", "group", "sex", "age")
    return list(counted.annotate(number=Sum("count"), disabled=Sum("with_disability")))


def supported_in(activities):
    """Return pairs of province and organisation (ids), each once: who was supported where."""
    return _supporting(activities).values_list("activity__province", "supported").distinct()


def _survivor(path):
    """Name an organisation by what it was merged into; merging keeps this one step long.

    One step only: with two the planner, before it has counted the rows of a new database, chose loops in
    loops that took minutes.
    """
    return Coalesce(f"{path}__merged_into", path)


def _supporting(activities):
    """Participation rows that count as support: from another organisation than the one that led."""
    return (
        Participation.objects.filter(activity__in=_held(activities), organisation__isnull=False)
        .annotate(
            supported=_survivor("organisation"),
            leader=_survivor("activity__lead"),
        )
        .exclude(supported=F("leader"))
    )


def organisations_supported(activities):
    """Return the organisations that took part in held activities, each once, under its present name."""
    return Organisation.everything.filter(pk__in=_supporting(activities).values("supported"))


def supported_often(activities):
    """Return [(Organisation, activities it took part in, people it sent)] by name, in two statements."""
    counted = {
        row["supported"]: (row["times"], row["sent"])
        for row in _supporting(activities)
        .values("supported")
        .annotate(times=Count("activity", distinct=True), sent=Sum("count"))
    }
    found = Organisation.everything.filter(pk__in=counted).in_order()
    return [(organisation, *counted[organisation.pk]) for organisation in found]


def by_year(activities):
    """Return {year: {"activities", "people", "organisations"}} of held activities, newest first."""
    counted = defaultdict(lambda: {"activities": 0, "people": None, "organisations": 0})
    held = _held(activities)
    for year, number in held.values_list("starts_on__year").annotate(number=Count("pk", distinct=True)):
        counted[year]["activities"] = number
    rows = Participation.objects.filter(activity__in=held.values("pk")).values_list(
        "activity__starts_on__year"
    )
    for year, number in rows.annotate(number=Sum("count")):
        counted[year]["people"] = number
    came = _supporting(activities).values_list("activity__starts_on__year")
    for year, number in came.annotate(number=Count("supported", distinct=True)):
        counted[year]["organisations"] = number
    return dict(sorted(counted.items(), reverse=True))


def folding(generation):
    """Return {province pk: Province of that generation}; a unit of the other generation is folded.

    The 63 fold into the 34 by their successor. A unit of the 34 unfolds only where it has a single
    predecessor; others stay themselves, so that totals agree on both sides.
    """
    provinces = {province.pk: province for province in Province.objects.select_related("region")}
    folded = {}
    before = defaultdict(list)
    for province in provinces.values():
        if province.successor_id:
            before[province.successor_id].append(province)
    for pk, province in provinces.items():
        if generation == 34 and province.successor_id:
            folded[pk] = provinces[province.successor_id]
        elif generation == 63 and province.generation == 34 and len(before[pk]) == 1:
            folded[pk] = before[pk][0]
        else:
            folded[pk] = province
    return folded


def same_place(provinces):
    """Return the ids of `provinces` and of the units that fold into or out of them: what a number stands for.

    A unit of the 34 stands for its predecessors too; one of the 63 also for its successor where it is the
    only one that went into it.
    """
    wanted = {province.pk for province in provinces}
    wanted |= set(Province.objects.filter(successor__in=wanted).values_list("pk", flat=True))
    into = {province.successor_id for province in provinces if province.successor_id}
    parts = Province.objects.filter(successor__in=into).values("successor").annotate(number=Count("pk"))
    return wanted | {row["successor"] for row in parts if row["number"] == 1}


def by_kind(activities):
    """Return [(kind, label, held activities)], the most frequent first, in one statement."""
    labels = dict(Activity.Kind.choices)
    rows = _held(activities).values("kind").annotate(number=Count("pk", distinct=True))
    return [(row["kind"], labels[row["kind"]], row["number"]) for row in rows.order_by("-number", "kind")]


def also_in(activities, project, user):
    """Return [(other project, organisations of these activities that it supported too)], the most first.

    Two projects may support the same organisation; each counts it, a sum over both may not. Only projects and
    activities that this person may see are told.
    """
    mine = set(organisations_supported(activities).values_list("pk", flat=True))
    shared = defaultdict(set)
    elsewhere = Activity.objects.visible_to(user).exclude(projects=project).exclude(projects=None)
    rows = _supporting(elsewhere).values_list("activity__projects", "supported")
    for other, organisation in rows.distinct():
        if organisation in mine:
            shared[other].add(organisation)
    found = Project.objects.visible_to(user).in_bulk(shared)
    return sorted(((found[pk], len(shared[pk])) for pk in found), key=lambda pair: (-pair[1], pair[0].pk))


def by_province(activities, generation=34):
    """Return {Province: {"activities", "people", "organisations"}} of held activities, in four statements.

    Activities without a province (online, or not known) stand under None. Organisations are counted
    once in each place; people are None where nobody counted.
    """
    folded = folding(generation)
    counted = defaultdict(lambda: {"activities": 0, "people": None, "organisations": set()})
    held = _held(activities)
    for pk, number in held.order_by().values_list("province").annotate(number=Count("pk", distinct=True)):
        counted[folded.get(pk)]["activities"] += number
    rows = Participation.objects.filter(activity__in=held).values_list("activity__province")
    for pk, number in rows.annotate(number=Sum("count")):
        numbers = counted[folded.get(pk)]
        numbers["people"] = (numbers["people"] or 0) + number
    for pk, organisation in supported_in(activities):
        counted[folded.get(pk)]["organisations"].add(organisation)
    return {
        province: {**numbers, "organisations": len(numbers["organisations"])}
        for province, numbers in counted.items()
    }


def _held(activities):
    return activities.filter(state="held").order_by()


def headline(activities):
    """Return held activities, people (None where nobody counted), organisations supported: one statement."""
    held = Activity.everything.filter(pk__in=_held(activities).values("pk")).annotate(
        supported=_survivor("participation__organisation"), leader=_survivor("lead")
    )
    return held.aggregate(
        held=Count("pk", distinct=True),
        people=Sum("participation__count"),
        organisations=Count("supported", distinct=True, filter=~Q(supported=F("leader"))),
    )


def supported_path(**wanted):
    """Return the address of the list of organisations that were supported, with the filters of activities."""
    query = urlencode({name: value for name, value in wanted.items() if value not in (None, "")}, doseq=True)
    return reverse("projects:supported_list") + (f"?{query}" if query else "")


def times_supported(activities):
    """Return a function of organisations that returns {pk: activities it took part in}."""

    def times(organisations):
        rows = _supporting(activities).filter(
            supported__in=[organisation.pk for organisation in organisations]
        )
        counted = rows.values("supported").annotate(times=Count("activity", distinct=True))
        return {row["supported"]: row["times"] for row in counted}

    return times
