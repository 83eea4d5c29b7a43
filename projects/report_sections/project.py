"""The project itself: its head, money, partners, results, publications and contributions to law."""

from urllib.parse import urlencode

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import Activity, IndicatorValue, PolicyInput, ProjectIndicator, Publication
from projects.models.result import chosen
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
    lines = scope.funding()
    columns = [
        (_("From"), "text", 33),
        (_("To"), "text", 33),
        (_("Amount"), "money", 18),
        (_("Currency"), "text", 16),
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


def budget(scope):
    """Planned against spent, a table for each hand-over that has budget lines; what is blank is not known."""
    found = []
    for funding in scope.funding():
        lines = sorted(funding.budget.all(), key=lambda line: (line.order, line.pk))
        if lines:
            found.append(_budget_table(funding, lines, scope.language))
    return found


def _budget_table(funding, lines, language):
    rows = [
        [(line.name_en or line.name_vi) if language == "en" else line.name_vi, line.planned, line.spent]
        for line in lines
    ]
    sums = [None if None in column else sum(column) for column in list(zip(*rows, strict=True))[1:]]
    columns = [
        (_("Budget line"), "text", 36),
        (_("Planned amount"), "money", 18),
        (_("Spent"), "money", 18),
        (_("Difference"), "money", 16),
        (_("Spent, %"), "number", 12),
    ]
    title = _("Budget and spending: %(giver)s to %(receiver)s (%(currency)s)") % {
        "giver": funding.giver.name_in(language),
        "receiver": funding.receiver.name_in(language),
        "currency": funding.currency,
    }
    shown = [[name, planned, spent, *_spending(planned, spent)] for name, planned, spent in rows]
    return b.table(
        title,
        columns,
        [*shown, [_("Together"), *sums, *_spending(*sums)]],
        note=_("A sum is given only where every line of it is known."),
    )


def _spending(planned, spent):
    """Return what is left of the plan and how much of it was spent in percent; None where it cannot be known."""
    if planned is None or spent is None:
        return None, None
    return planned - spent, round(100 * spent / planned) if planned else None


def partners(scope):
    if not scope.project:
        return []
    found = scope.project.partners.select_related("organisation").order_by(
        "role", "organisation__sort_key", "pk"
    )
    rows = [
        [partner.organisation.name_in(scope.language), partner.get_role_display()]
        for partner in scope.read("partners", found)
    ]
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
    shown_by = Count("activities", filter=Q(activities__archived_at=None), distinct=True)
    found = scope.project.results.annotate(shown_by=shown_by).order_by("level", "order", "pk")
    rows = []
    for result in scope.read("results", found):
        achieved = chosen(result.achieved_vi, result.achieved_en)
        rows.append([result.get_level_display(), result.statement, achieved or None, result.shown_by])
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
        starts_on__gte=scope.starts_on, ends_on__lte=scope.ends_on, part=""
    ).order_by("ends_on")
    found = (
        ProjectIndicator.objects.filter(result__project=scope.project)
        .prefetch_related(Prefetch("values", queryset=measured))
        .order_by("result__order", "pk")
    )
    rows = []
    for indicator in scope.read("indicators", found):
        values = [value.value for value in indicator.values.all()]
        actual = (sum(values) if indicator.is_cumulative else values[-1]) if values else None
        rows.append([indicator.name, indicator.unit, indicator.baseline, indicator.target, actual])
    columns = [
        (_("Indicator"), "text", 40),
        (_("Unit"), "text", 15),
        (_("Baseline"), "number", 15),
        (_("Target"), "number", 15),
        (_("Actual"), "number", 15),
    ]
    if not rows:
        return []
    pairs = [(name, target, actual) for name, _unit, _baseline, target, actual in rows]
    chart = b.targets(_("Targets and what was measured"), pairs, told_below=True)
    return [chart, b.table(_("Indicators"), columns, rows)]


def publications(scope):
    """What came out in the period: of the project, or launched by an activity of the organisation or topic."""
    found = Publication.objects.filter(published_on__gte=scope.starts_on, published_on__lte=scope.ends_on)
    if scope.project:
        found = found.filter(project=scope.project)
    elif scope.organisation or scope.topic:
        found = found.filter(launch__in=scope.limit(Activity.objects.all()).values("pk"))
    found = scope.read("publications", found.order_by("published_on", "pk"))
    count = len(found)
    columns = [(_("Date"), "date", 15), (_("Title"), "text", 60), (_("Kind"), "text", 25)]
    rows = [[item.published_on, item.title, item.get_kind_display()] for item in found]
    return _works(
        found,
        ngettext("publication", "publications", count),
        rule=_("Publications that came out within the period."),
        path=_list("publication_list", scope),
        table=b.table(_("Publications"), columns, rows),
    )


def policy(scope):
    """What was said to those who make law and policy in the period, and how far it came."""
    found = PolicyInput.objects.filter(submitted_on__gte=scope.starts_on, submitted_on__lte=scope.ends_on)
    if scope.project:
        found = found.filter(project=scope.project)
    elif scope.organisation:
        found = found.filter(organisations=scope.organisation)
    elif scope.topic:
        found = found.filter(activities__in=scope.limit(Activity.objects.all())).distinct()
    found = scope.read("policy", found.order_by("submitted_on", "pk"))
    count = len(found)
    columns = [
        (_("Date"), "date", 15),
        (_("Contribution"), "text", 45),
        (_("Body"), "text", 25),
        (_("Stage"), "text", 15),
    ]
    rows = [[item.submitted_on, item.title, item.body or None, item.get_stage_display()] for item in found]
    return _works(
        found,
        ngettext("contribution to law and policy", "contributions to law and policy", count),
        rule=_("Comments and recommendations that were submitted within the period."),
        path=_list("policy_input_list", scope),
        table=b.table(_("Contributions to law and policy"), columns, rows),
    )


def _works(found, words, *, rule, path, table):
    """Return the number of works and their table; nothing where there are none."""
    if not found:
        return []
    records = [(item.title, item.get_absolute_url()) for item in found]
    return [b.figure(len(found), words, rule=rule, path=path, records=records), table]


def _list(name, scope):
    """Return the address of a list limited to the project and, where it is one, the year of the report."""
    about = {"project": scope.project.public_id} if scope.project else {}
    if scope.starts_on.year == scope.ends_on.year:
        about["year"] = scope.starts_on.year
    return f"{reverse(f'projects:{name}')}?{urlencode(about)}" if about else reverse(f"projects:{name}")
