"""What was done: activities, changes to the plan, difficulties, photos, what comes next."""

import datetime as dt
from collections import Counter

from django.utils.translation import gettext as _

from coalition.files.models import StoredFile
from projects.counting import rows_path
from projects.models import Activity, Evidence, Participation
from projects.reports import blocks as b

YEARS_BY_MONTH = 6  # of more years only the sums are shown
PHOTOS = 24  # on some six pages


def activity_chart(scope):
    """Held activities by month; small multiples by year when the period has several, by year when it has many."""
    counted = Counter((each.starts_on.year, each.starts_on.month) for each in scope.held())
    years = range(scope.starts_on.year, scope.ends_on.year + 1)
    if len(years) > YEARS_BY_MONTH:
        pairs = [(str(year), sum(n for (y, _m), n in counted.items() if y == year)) for year in years]
        return [b.bars(_("Activities by year"), pairs, unit=_("activities"))]
    months = range(1, 13)
    if len(years) > 1:
        within = [(year, [_month(scope, counted, year, month) for month in months]) for year in years]
        title = _("Activities by month, year by year")
        return [b.panels(title, months, within, unit=_("activities"))]
    pairs = [(month, _month(scope, counted, years[0], month)) for month in months]
    shown = [(f"{month}/{years[0]}" if len(pairs) < 4 else month, n) for month, n in pairs if n is not None]
    title = _("Activities by month, %(year)s") % {"year": years[0]}
    return [b.bars(title, shown, unit=_("activities"))]


def _month(scope, counted, year, month):
    """Return how many activities a month had; None for a month outside the period."""
    outside = (year, month) < (scope.starts_on.year, scope.starts_on.month)
    outside = outside or (year, month) > (scope.ends_on.year, scope.ends_on.month)
    return None if outside else counted[year, month]


def _activity_table(title, activities, scope, path):
    columns = [
        (_("Date"), "date", 13),
        (_("Activity"), "text", 46),
        (_("Kind"), "text", 16),
        (_("Place"), "text", 15),
        (_("People"), "number", 10),
    ]
    rows = [
        [
            activity.starts_on,
            activity.title,
            activity.get_kind_display(),
            _place(activity, scope.language),
            activity.people,
        ]
        for activity in activities
    ]
    return b.table(title, columns, rows, path=path)


def _place(activity, language):
    if activity.province:
        return activity.province.name_in(language)
    return _("Online") if activity.is_online else None


def activities(scope):
    """What was held, in order of time."""
    return [_activity_table(_("Activities held"), scope.held(), scope, scope.rows(state="held"))]


def variance(scope):
    """What was planned and did not take place as planned, and why."""
    rows = [
        [item.planned_on or item.starts_on, item.title, item.get_state_display(), item.state_reason or None]
        for item in scope.logged()
        if item.state in ("postponed", "cancelled")
        or (item.state == "held" and item.planned_on and item.planned_on != item.starts_on)
    ]
    columns = [
        (_("First planned for"), "date", 15),
        (_("Activity"), "text", 40),
        (_("State"), "text", 15),
        (_("Reason"), "text", 30),
    ]
    return [
        b.table(_("Changes to the plan"), columns, rows, path=scope.rows(state=["postponed", "cancelled"]))
    ]


def child_participation(scope):
    """Activities in which children were consulted or took part in a dialogue."""
    kinds = ("consultation", "dialogue", "campaign")
    came = Participation.objects.filter(activity__in=scope.activities().held().values("pk"), group="children")
    with_children = set(scope.read("with_children", came.values_list("activity", flat=True)))
    found = [each for each in scope.held() if each.kind in kinds and each.pk in with_children]
    return [_activity_table(_("Activities with children"), found, scope, "")]


def safeguarding(scope):
    """Photos of the period and the consents held for them; incidents are never in the portal."""
    photos = StoredFile.objects.filter(
        kind="photo", evidence__activity__in=scope.activities().held()
    ).distinct()
    taken = scope.once("photos_taken", photos.count)
    if not taken:
        return []
    usable = scope.once("photos_usable", photos.usable_for("donor_report", scope.made_on).count)
    return [
        b.figure(
            usable,
            _("of %(photos)s photos may stand in this report") % {"photos": taken},
            path=scope.rows(state="held"),
            rule=_(
                "Nobody is shown on them, or consent for reports to donors is in force on the day of making."
            ),
        )
    ]


def difficulties(scope):
    """What people wrote about difficulties, with the activity it belongs to."""
    items = [f"{item.title}: {item.difficulties}" for item in scope.logged() if item.difficulties]
    return [b.bullets(items)] if items else []


def photos(scope):
    """Photos and stories of the period that may stand in a donor report: of nobody, or with a consent in force."""
    found = (
        Evidence.objects.filter(
            activity__in=scope.activities().held(),
            file__in=StoredFile.objects.filter(kind__in=("photo", "story")).usable_for(
                "donor_report", scope.made_on
            ),
        )
        .select_related("file", "activity")
        .order_by("activity__starts_on", "pk")[:PHOTOS]
    )
    items = [
        (item.file.public_id, item.file.caption or item.activity.title)
        for item in scope.read("photos", found)
    ]
    return [b.photos(items)] if items else []


def plan_next(scope):
    """Activities planned after the period, as far as the log knows them."""
    found = scope.limit(
        Activity.objects.filter(state__in=("planned", "postponed"), starts_on__gt=scope.ends_on)
    )
    rows = [
        [item.starts_on, item.title, item.get_kind_display()]
        for item in scope.read("plan_next", found.order_by("starts_on", "pk")[:200])
    ]
    columns = [(_("Date"), "date", 15), (_("Activity"), "text", 60), (_("Kind"), "text", 25)]
    path = rows_path(
        **{**scope.about, "from": (scope.ends_on + dt.timedelta(days=1)).isoformat()},
        state=["planned", "postponed"],
    )
    return [b.table(_("Planned activities"), columns, rows, path=path)] if rows else []
