"""What was done: figures, activities, changes to the plan, difficulties, photos, what comes next."""

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.files.models import StoredFile
from projects import counting
from projects.models import Activity, Evidence, Participation
from projects.report_sections.people import by_province, supported
from projects.reports import blocks as b

MONTHS_SHOWN = 18  # longer periods are shown by year
PHOTOS = 24  # on some six pages


def figures(scope):
    """The headline numbers, each with its rule and the rows behind it."""
    activities = scope.activities()
    sums = counting.people(activities)
    held = activities.held().count()
    organisations = len(supported(scope))
    places = len([place for place in by_province(scope) if place])
    found = [
        b.figure(
            held,
            ngettext("activity held", "activities held", held),
            path=scope.rows(state="held"),
            rule=_("Activities in the log that were held and began within the period."),
        ),
        b.figure(
            organisations,
            ngettext("organisation supported", "organisations supported", organisations),
            path=scope.rows(state="held"),
            rule=counting.organisations_rule(),
        ),
    ]
    if sums["people"] is not None:
        words = ngettext("participation", "participations", sums["people"])
        note = _("Numbers were given for %(counted)s of %(held)s activities.") % {
            "counted": sums["counted"],
            "held": held,
        }
        found.append(
            b.figure(
                sums["people"], words, path=scope.rows(state="held"), rule=f"{counting.people_rule()} {note}"
            )
        )
        if sums["under_18"]:
            found.append(
                b.figure(
                    sums["under_18"],
                    _("of them children under 18 (Convention)"),
                    path=scope.rows(state="held"),
                    rule=counting.people_rule(),
                )
            )
            found.append(
                b.figure(
                    sums["under_16"] or 0,
                    _("of them children under 16 (Vietnamese law)"),
                    path=scope.rows(state="held"),
                    rule=counting.people_rule(),
                )
            )
    if places:
        rule = _("Provinces in the units of the report; an activity counts in its main province.")
        found.append(
            b.figure(
                places,
                ngettext("province or city", "provinces and cities", places),
                path=scope.rows(state="held"),
                rule=rule,
            )
        )
    return found


def activity_chart(scope):
    """Held activities by month, or by year when the period is long."""
    counted = counting.by_month(scope.activities())
    months = (
        (scope.ends_on.year - scope.starts_on.year) * 12 + scope.ends_on.month - scope.starts_on.month + 1
    )
    if months > MONTHS_SHOWN:
        years = range(scope.starts_on.year, scope.ends_on.year + 1)
        pairs = [(str(year), sum(n for (y, _m), n in counted.items() if y == year)) for year in years]
        return [b.bars(_("Activities by year"), pairs, unit=_("activities"))]
    pairs = []
    for step in range(months):
        year, month = divmod(scope.starts_on.year * 12 + scope.starts_on.month - 1 + step, 12)
        pairs.append((f"{month + 1}/{year % 100:02d}", counted.get((year, month + 1), 0)))
    return [b.bars(_("Activities by month"), pairs, unit=_("activities"))]


def _activity_table(title, activities, scope, path):
    columns = [
        (_("Date"), "date", 14),
        (_("Activity"), "text", 45),
        (_("Kind"), "text", 15),
        (_("Place"), "text", 16),
        (_("People"), "number", 10),
    ]
    found = (
        activities.select_related("province")
        .annotate(people=Sum("participation__count"))
        .order_by("starts_on", "pk")
    )
    rows = [
        [
            activity.starts_on,
            activity.title,
            activity.get_kind_display(),
            _place(activity, scope.language),
            activity.people,
        ]
        for activity in found
    ]
    return b.table(title, columns, rows, path=path)


def _place(activity, language):
    if activity.province:
        return activity.province.name_in(language)
    return _("Online") if activity.is_online else None


def activities(scope):
    """What was held, in order of time."""
    return [_activity_table(_("Activities held"), scope.activities().held(), scope, scope.rows(state="held"))]


def variance(scope):
    """What was planned and did not take place as planned, and why."""
    changed = (
        scope.activities()
        .filter(Q(state__in=("postponed", "cancelled")) | Q(planned_on__isnull=False))
        .order_by("starts_on", "pk")
    )
    rows = [
        [item.planned_on or item.starts_on, item.title, item.get_state_display(), item.state_reason or None]
        for item in changed
        if item.state != "held" or item.planned_on != item.starts_on
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
    with_children = Participation.objects.filter(group="children").values("activity")
    found = (
        scope.activities()
        .held()
        .filter(kind__in=("consultation", "dialogue", "campaign"), pk__in=with_children)
    )
    return [_activity_table(_("Activities with children"), found, scope, scope.rows(state="held"))]


def difficulties(scope):
    """What people wrote about difficulties, with the activity it belongs to."""
    found = scope.activities().exclude(difficulties="").order_by("starts_on", "pk")
    items = [f"{item.title}: {item.difficulties}" for item in found]
    return [b.bullets(items)] if items else []


def photos(scope):
    """Photos of the period that may stand in a donor report today: nobody is shown, or consent is in force."""
    found = (
        Evidence.objects.filter(
            activity__in=scope.activities().held(),
            file__in=StoredFile.objects.filter(kind="photo").usable_for("donor_report", timezone.localdate()),
        )
        .select_related("file", "activity")
        .order_by("activity__starts_on", "pk")[:PHOTOS]
    )
    items = [(item.file.public_id, item.file.caption or item.activity.title) for item in found]
    return [b.photos(items)] if items else []


def plan_next(scope):
    """Activities planned after the period, as far as the log knows them."""
    found = scope.limit(
        Activity.objects.filter(state__in=("planned", "postponed"), starts_on__gt=scope.ends_on)
    )
    rows = [
        [item.starts_on, item.title, item.get_kind_display()]
        for item in found.order_by("starts_on", "pk")[:200]
    ]
    columns = [(_("Date"), "date", 15), (_("Activity"), "text", 60), (_("Kind"), "text", 25)]
    return [b.table(_("Planned activities"), columns, rows)] if rows else []
