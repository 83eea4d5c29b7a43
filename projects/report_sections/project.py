"""The project itself: its head, money, partners, results, publications and contributions to law."""

from django.db.models import Prefetch
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.models import Activity, IndicatorValue, PolicyInput, ProjectIndicator, Publication
from projects.reports import blocks as b


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
    chart = b.targets(
        _("Targets and what was measured"), [(name, target, actual) for name, _u, _b, target, actual in rows]
    )
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
