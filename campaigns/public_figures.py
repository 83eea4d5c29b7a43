"""Figures about a campaign that anybody may read: only shared activities, and no group smaller than five."""

from django.db.models import Count, Sum

from campaigns import cells
from projects.models import Activity, Participation

SMALLEST = 5


def of(campaign):
    """Return numbers of activities, organisations, provinces and people; None where a number is hidden."""
    activities = Activity.objects.held().filter(editions__campaign=campaign, is_shared=True).distinct()
    keys = activities.order_by().values("pk")
    found = Activity.objects.filter(pk__in=keys).aggregate(
        activities=Count("pk"),
        organisations=Count("lead", distinct=True),
        provinces=Count("province", distinct=True),
    )
    sides = {"children": 0, "adults": 0}
    rows = (
        Participation.objects.filter(activity__in=keys)
        .order_by()
        .values_list("group", "age")
        .annotate(total=Sum("count"))
    )
    for group, age, total in rows:
        side = "children" if cells.is_child(Participation(group=group, age=age)) else "adults"
        sides[side] += total
    return {**found, **{side: number if number >= SMALLEST else None for side, number in sides.items()}}
