"""What is owed at a glance: an organisation's own duties, the matrix of who owes what, the home page."""

import datetime as dt

from django.db.models import Count, Q
from django.utils import timezone

from coalition.members.models import Organisation
from coalition.obligations import kinds
from coalition.obligations.models import Obligation
from coalition.ribbon import Dot

_WEEK = dt.timedelta(days=7)
ON_HOME = 5


def own(user):
    """The duties of this person's own organisations, and those named to them."""
    return Obligation.objects.filter(Q(organisation__in=user.organisation_ids) | Q(person=user))


def groups(user, today):
    """Return what the person's organisations owe: overdue, this week, later, waiting. One statement."""
    found = {"overdue": [], "week": [], "later": [], "waiting": []}
    waits = Q(state=Obligation.State.DONE, needs_confirmation=True)
    for duty in own(user).filter(Q(state=Obligation.State.OPEN) | waits).for_list():
        found[group_of(duty, today)].append(duty)
    return found


def group_of(duty, today):
    """Say where an open duty stands; what has no date, is not to begin yet or awaits a word is "waiting"."""
    begins_later = duty.not_before is not None and duty.not_before > today
    if duty.state != Obligation.State.OPEN or duty.due_on is None or begins_later:
        return "waiting"
    if duty.due_on < today:
        return "overdue"
    return "week" if duty.due_on - today <= _WEEK else "later"


def matrix(user, today):
    """Return (kinds, rows) of open duties: organisations × kinds, open and overdue. Two statements."""
    counts = {}
    counted = (
        Obligation.objects.visible_to(user)
        .open()
        .order_by()
        .values("organisation", "kind")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    )
    for row in counted:
        counts.setdefault(row["organisation"], {})[row["kind"]] = (row["number"], row["late"])
    codes = {code for row in counts.values() for code in row}
    order = [kind.code for kind in kinds.registered()]
    columns = [
        kinds.get(code)
        for code in sorted(codes, key=lambda code: (order.index(code) if code in order else 99, code))
    ]
    rows = []
    for organisation in Organisation.everything.filter(pk__in=counts).in_order():
        mine = counts[organisation.pk]
        cells = [
            {"kind": kind, "number": mine.get(kind.code, (0, 0))[0], "late": mine.get(kind.code, (0, 0))[1]}
            for kind in columns
        ]
        rows.append(
            {
                "organisation": organisation,
                "cells": cells,
                "number": sum(cell["number"] for cell in cells),
                "late": sum(cell["late"] for cell in cells),
            }
        )
    return columns, rows


def for_home(user, today):
    """Answer "what do we owe?": the first duties in order of their dates and how many there are."""
    if not user.has_right("owed.see"):
        return None
    found = groups(user, today)
    dated = found["overdue"] + found["week"] + found["later"]
    if not dated and not found["waiting"]:
        return None
    return {
        "duties": dated[:ON_HOME],
        "more": len(dated) - ON_HOME,
        "waiting": len(found["waiting"]),
        "overdue": len(found["overdue"]),
        "today": today,
    }


def for_home_of_coordinators(user, today):
    """Answer, for those who chase: how much the members owe, and how much of it is overdue."""
    if not user.has_right("owed.by"):
        return None
    counted = Obligation.objects.visible_to(user).open().exclude(organisation__in=user.organisation_ids)
    late = Q(due_on__lt=today)
    numbers = counted.aggregate(
        number=Count("pk"),
        late=Count("pk", filter=late),
        organisations=Count("organisation", filter=late, distinct=True),
    )
    return numbers if numbers["number"] else None


def dots(user, year):
    """Yield the year's due dates of the person's organisations for the ribbon."""
    if not user.has_right("owed.see"):
        return
    today = timezone.localdate()
    shown = own(user).filter(due_on__year=year, state__in=(Obligation.State.OPEN, Obligation.State.DONE))
    for duty in shown.order_by("due_on", "pk")[:400]:
        kind = "met" if duty.state == Obligation.State.DONE else "overdue" if duty.due_on < today else "owed"
        yield Dot(duty.due_on, kind, duty.title, duty.get_absolute_url())
