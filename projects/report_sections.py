"""What projects and the activity log contribute to reports."""

from django.db.models import Prefetch, Q, Sum
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import ngettext

from coalition.files.models import StoredFile
from projects import counting
from projects.models import (
    Activity,
    Evidence,
    IndicatorValue,
    Participation,
    PolicyInput,
    ProjectIndicator,
    Publication,
)
from projects.reports import blocks as b
from projects.reports.registry import register

MONTHS_SHOWN = 18  # longer periods are shown by year


def _by_province(scope):
    return scope.once("provinces", lambda: counting.by_province(scope.activities(), scope.generation))


def _supported(scope):
    return scope.once("organisations", lambda: counting.supported_often(scope.activities()))


def facts(scope):
    """The project's head: who, when, how long, under which decision."""
    project = scope.project
    if not project:
        return []
    ends = formats.date_format(project.ends_on, "SHORT_DATE_FORMAT") if project.ends_on else ""
    decision = " ".join(part for part in (project.approval_body, project.approval_number) if part)
    return [
        b.facts(
            [
                (_("Project"), project.title_in(scope.language)),
                (_("Code"), project.code),
                (_("Phase"), project.phase),
                (_("Time"), f"{formats.date_format(project.starts_on, 'SHORT_DATE_FORMAT')} – {ends}"),
                (_("Lead organisation"), project.lead.name_in(scope.language)),
                (_("Approval"), decision),
                (_("State"), project.get_state_display()),
            ]
        )
    ]


def funding(scope):
    """Who gave how much to whom, in the chain's order."""
    if not scope.project:
        return []
    lines = scope.project.funding.select_related("giver", "receiver").order_by("order", "pk")
    columns = [
        (_("From"), "text", 35),
        (_("To"), "text", 35),
        (_("Amount"), "money", 18),
        (_("Currency"), "text", 12),
    ]
    rows = [
        [
            line.giver.name_in(scope.language),
            line.receiver.name_in(scope.language),
            line.amount,
            line.currency if line.amount is not None else None,
        ]
        for line in lines
    ]
    return [b.table(_("Funding"), columns, rows)] if rows else []


def partners(scope):
    if not scope.project:
        return []
    found = scope.project.partners.select_related("organisation").order_by(
        "role", "organisation__sort_key", "pk"
    )
    rows = [[partner.organisation.name_in(scope.language), partner.get_role_display()] for partner in found]
    return (
        [b.table(_("Partners"), [(_("Organisation"), "text", 60), (_("Role"), "text", 40)], rows)]
        if rows
        else []
    )


def objective(scope):
    if not scope.project:
        return []
    english = scope.project.objective_en or scope.project.objective_vi
    words = english if scope.language == "en" else scope.project.objective_vi
    return [b.paragraph(words)] if words else []


def figures(scope):
    """The headline numbers, each with its rule and the rows behind it."""
    activities = scope.activities()
    sums = counting.people(activities)
    held = activities.held().count()
    organisations = len(_supported(scope))
    places = len([place for place in _by_province(scope) if place])
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


def child_participation(scope):
    """Activities in which children were consulted or took part in a dialogue."""
    with_children = Participation.objects.filter(group="children").values("activity")
    found = (
        scope.activities()
        .held()
        .filter(kind__in=("consultation", "dialogue", "campaign"), pk__in=with_children)
    )
    return [_activity_table(_("Activities with children"), found, scope, scope.rows(state="held"))]


def organisations(scope):
    """Each organisation once, with how often it took part."""
    found = _supported(scope)
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
    counted = _by_province(scope)
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


def results(scope):
    """Each result statement, what was achieved, and how many activities show it."""
    if not scope.project:
        return []
    found = scope.project.results.prefetch_related(
        Prefetch("activities", queryset=Activity.objects.only("pk", "title", "starts_on"))
    ).order_by("level", "order", "pk")
    rows = []
    for result in found:
        english = get_language() == "en"
        statement = (result.statement_en or result.statement_vi) if english else result.statement_vi
        achieved = (result.achieved_en or result.achieved_vi) if english else result.achieved_vi
        rows.append([result.get_level_display(), statement, achieved or None, len(result.activities.all())])
    columns = [
        (_("Level"), "text", 12),
        (_("Result"), "text", 35),
        (_("Achieved so far"), "text", 40),
        (_("Activities"), "number", 12),
    ]
    return [b.table(_("Results"), columns, rows)] if rows else []


def indicators(scope):
    """Targets against what was measured within the period; a blank stays a dash."""
    if not scope.project:
        return []
    measured = IndicatorValue.objects.filter(
        starts_on__gte=scope.starts_on, ends_on__lte=scope.ends_on
    ).order_by("ends_on")
    found = (
        ProjectIndicator.objects.filter(result__project=scope.project)
        .prefetch_related(Prefetch("values", queryset=measured))
        .order_by("result__order", "pk")
    )
    rows = []
    for indicator in found:
        values = [value.value for value in indicator.values.all()]
        actual = (sum(values) if indicator.is_cumulative else values[-1]) if values else None
        name = (indicator.name_en or indicator.name_vi) if get_language() == "en" else indicator.name_vi
        rows.append([name, indicator.unit, indicator.baseline, indicator.target, actual])
    columns = [
        (_("Indicator"), "text", 40),
        (_("Unit"), "text", 15),
        (_("Baseline"), "number", 15),
        (_("Target"), "number", 15),
        (_("Actual"), "number", 15),
    ]
    if not rows:
        return []
    chart = b.targets(_("Targets and what was measured"), [(name, target, actual) for name, _u, _b, target, actual in rows])
    return [chart, b.table(_("Indicators"), columns, rows)]


def publications(scope):
    found = Publication.objects.filter(published_on__gte=scope.starts_on, published_on__lte=scope.ends_on)
    if scope.project:
        found = found.filter(project=scope.project)
    rows = [
        [
            item.published_on,
            (item.title_en or item.title_vi) if get_language() == "en" else item.title_vi,
            item.get_kind_display(),
        ]
        for item in found.order_by("published_on", "pk")
    ]
    columns = [(_("Date"), "date", 15), (_("Title"), "text", 60), (_("Kind"), "text", 25)]
    return [b.table(_("Publications"), columns, rows)]


def policy(scope):
    found = PolicyInput.objects.filter(submitted_on__gte=scope.starts_on, submitted_on__lte=scope.ends_on)
    if scope.project:
        found = found.filter(project=scope.project)
    rows = [
        [item.submitted_on, item.title, item.body or None, item.get_stage_display()]
        for item in found.order_by("submitted_on", "pk")
    ]
    columns = [
        (_("Date"), "date", 15),
        (_("Contribution"), "text", 45),
        (_("Body"), "text", 25),
        (_("Stage"), "text", 15),
    ]
    return [b.table(_("Contributions to law and policy"), columns, rows)]


def difficulties(scope):
    """What people wrote about difficulties, with the activity it belongs to."""
    found = scope.activities().exclude(difficulties="").order_by("starts_on", "pk")
    items = [f"{item.title}: {item.difficulties}" for item in found]
    return [b.bullets(items)] if items else []


PHOTOS = 24  # on some six pages


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


SECTIONS = [
    ("facts", gettext_lazy("Facts"), facts),
    ("funding", gettext_lazy("Funding"), funding),
    ("partners", gettext_lazy("Partners"), partners),
    ("objective", gettext_lazy("Objective"), objective),
    ("figures", gettext_lazy("In numbers"), figures),
    ("activity_chart", gettext_lazy("Activities by month"), activity_chart),
    ("activities", gettext_lazy("Activities held"), activities),
    ("variance", gettext_lazy("Changes to the plan"), variance),
    ("participants", gettext_lazy("Participants"), participants),
    ("child_participation", gettext_lazy("Activities with children"), child_participation),
    ("organisations", gettext_lazy("Organisations supported"), organisations),
    ("provinces", gettext_lazy("Provinces"), provinces),
    ("results", gettext_lazy("Results"), results),
    ("indicators", gettext_lazy("Indicators"), indicators),
    ("publications", gettext_lazy("Publications"), publications),
    ("policy", gettext_lazy("Contributions to law and policy"), policy),
    ("difficulties", gettext_lazy("Difficulties"), difficulties),
    ("photos", gettext_lazy("Photos"), photos),
    ("plan_next", gettext_lazy("Plan for the next period"), plan_next),
]


def register_all():
    """Register the sections of projects and the log; called from ProjectsConfig.ready()."""
    for code, title, function in SECTIONS:
        register(code, title, function)
