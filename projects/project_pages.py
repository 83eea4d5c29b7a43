"""What a project's page shows: its chain of funding, results with indicators, activities, works, numbers."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Subquery, Value

from coalition.reference.models import Article, Province, Recommendation
from projects import counting
from projects.models import Activity, PolicyInput, Project, Publication, Result
from projects.models.result import chosen

BUDGET = ("name_vi", "name_en", "planned", "spent")
SHOWN = 120  # activities written out on the page; the rest is one link away


@dataclass
class Indicator:
    """An indicator with its values over time; `actual` is their sum where they add up, else the newest.

    `values` are (starts_on, ends_on, value) by period, `parts` (starts_on, ends_on, part, value) within one.
    """

    pk: int
    name: str
    unit: str
    baseline: object
    target: object
    is_cumulative: bool
    disaggregation: str
    values: list = field(default_factory=list)
    parts: list = field(default_factory=list)

    @property
    def actual(self):
        if not self.values:
            return None
        if self.is_cumulative:
            return sum(value for _first, _last, value in self.values)
        return max(self.values, key=lambda period: period[1])[2]


def context_of(project, user):
    activities = Activity.objects.visible_to(user).filter(projects=project)
    found = list(activities.select_related("province").order_by("starts_on", "pk")[: SHOWN + 1])
    totals = counting.headline(activities)
    funding = funding_of(project, user)
    return {
        "project": project,
        "objective": chosen(project.objective_vi, project.objective_en),
        "funding": funding,
        "chain": chain(funding),
        "budgets": budget_of(funding),
        "partners": project.partners.select_related("organisation").order_by(
            "role", "organisation__sort_key", "pk"
        ),
        "results": results_of(project),
        "years": by_year(found[:SHOWN]),
        "is_more": len(found) > SHOWN,
        "works": works_of(project, user),
        "references": references_of(project),
        "totals": totals,
        "rules": {"people": counting.people_rule(), "organisations": counting.organisations_rule()},
        "paths": {
            "held": counting.rows_path(project=project.public_id, state="held"),
            "all": counting.rows_path(project=project.public_id, all=1),
            "organisations": counting.supported_path(project=project.public_id),
            "people": counting.rows_path(project=project.public_id, state="held", sort="-date"),
        },
    }


def funding_of(project, user):
    """Return the chain of money in one statement, amounts and budget lines for those whom they concern."""
    told = Project.everything.money_told_to(user).filter(pk=OuterRef("project"))
    rows = (
        project.funding.select_related("giver", "receiver")
        .annotate(is_told=Exists(told), **{f"budget_{name}": F(f"budget__{name}") for name in BUDGET})
        .order_by("order", "pk", "budget__order", "budget__pk")
    )
    lines: dict = {}
    for row in rows:
        line = lines.setdefault(row.pk, row)
        budget = line.__dict__.setdefault("budget_lines", [])
        if not row.is_told:
            line.amount = None
        elif row.budget_name_vi is not None:
            values = {name: getattr(row, f"budget_{name}") for name in BUDGET}
            budget.append({**values, "name": chosen(values["name_vi"], values["name_en"])})
    return list(lines.values())


def budget_of(funding):
    """Return for each hand-over with a budget: the line, its rows and their sums; unknown is not zero."""
    found = []
    for line in funding:
        rows = [{**row, "left": _left(row)} for row in line.budget_lines]
        if rows:
            sums = {name: _sum(row[name] for row in rows) for name in ("planned", "spent")}
            found.append({"line": line, "rows": rows, "sums": {**sums, "left": _left(sums)}})
    return found


def _left(row):
    return None if row["planned"] is None or row["spent"] is None else row["planned"] - row["spent"]


def _sum(numbers):
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def chain(funding):
    """Return the organisations money goes through, in order: donor, intermediary, lead, members."""
    found = []
    for line in funding:
        found += [each for each in (line.giver, line.receiver) if each not in found]
    return found


def by_year(activities):
    years = defaultdict(list)
    for activity in activities:
        years[activity.starts_on.year].append(activity)
    return sorted(years.items())


def results_of(project):
    """Return the results framework as [{level, statement, achieved, serves, indicators, pk}], in one statement.

    A result stands below the one that it serves.
    """
    columns = ("pk", "parent", "level", "order", "statement_vi", "statement_en", "achieved_vi", "achieved_en")
    of_indicator = ("pk", "name_vi", "name_en", "unit_vi", "unit_en", "baseline", "target", "is_cumulative",
                    "disaggregation")  # fmt: skip
    of_value = [f"indicators__values__{name}" for name in ("starts_on", "ends_on", "part", "value")]
    shown = Result.activities.through.objects.filter(result=OuterRef("pk")).order_by().values("result")
    rows = (
        Result.objects.filter(project=project)
        .annotate(proofs=Subquery(shown.annotate(number=Count("pk")).values("number")))
        .order_by("order", "pk", "indicators", "indicators__values__ends_on", "indicators__values__part")
    )
    found: dict = {}
    for row in rows.values(
        *columns, "proofs", *(f"indicators__{name}" for name in of_indicator), *of_value
    ):  # fmt: skip
        result = found.setdefault(row["pk"], {
            "pk": row["pk"],
            "parent": row["parent"],
            "level": Result.Level(row["level"]).label,
            "statement": chosen(row["statement_vi"], row["statement_en"]),
            "achieved": chosen(row["achieved_vi"], row["achieved_en"]),
            "proofs": row["proofs"] or 0,
            "by_key": {},
        })  # fmt: skip
        key = row["indicators__pk"]
        if key is None:
            continue
        if key not in result["by_key"]:
            result["by_key"][key] = Indicator(
                key,
                chosen(row["indicators__name_vi"], row["indicators__name_en"]),
                chosen(row["indicators__unit_vi"], row["indicators__unit_en"]),
                *(row[f"indicators__{name}"] for name in of_indicator[5:]),
            )
        first, last, part, value = (row[name] for name in of_value)
        if part:
            result["by_key"][key].parts.append((first, last, part, value))
        elif value is not None:
            result["by_key"][key].values.append((first, last, value))
    for result in found.values():
        result["indicators"] = list(result.pop("by_key").values())
        result["serves"] = found[result["parent"]]["statement"] if result["parent"] in found else ""
    results = list(found.values())
    standing = _below(None, results)
    return standing + [each for each in results if each not in standing]


def _below(parent, results):
    """Return the results that serve `parent`, each followed by those that serve it."""
    return [
        each
        for result in results if result["parent"] == parent
        for each in (result, *_below(result["pk"], results))
    ]  # fmt: skip


def works_of(project, user):
    """Return publications and policy inputs of a project by day, in one statement."""
    published = Publication.objects.visible_to(user).filter(project=project)
    said = PolicyInput.objects.visible_to(user).filter(project=project)
    rows = published.values_list(
        Value("publication"), "public_id", "title_vi", "title_en", "published_on", "kind"
    ).union(
        said.values_list(Value("policy"), "public_id", "title", Value(""), "submitted_on", "stage"), all=True
    )  # fmt: skip
    found = defaultdict(list)
    for sort, public_id, title_vi, title_en, day, word in rows:
        words = Publication.Kind(word).label if sort == "publication" else PolicyInput.Stage(word).label
        found[sort].append(
            {"public_id": public_id, "title": chosen(title_vi, title_en), "day": day, "word": words}
        )
    for works in found.values():
        works.sort(key=lambda work: (work["day"] is None, work["day"] or 0, work["title"]))
    return dict(found)


def references_of(project):
    """Return provinces, articles and recommendations of a project, in one statement."""
    columns = ("code", "name_vi", "name_en")
    places = Province.objects.filter(projects=project)
    articles = Article.objects.filter(projects=project).values_list(Value("articles"), *columns)
    asked = Recommendation.objects.filter(projects=project).values_list(Value("recommendations"), *columns)
    found = defaultdict(list)
    for sort, code, name_vi, name_en in places.values_list(
        Value("provinces"), "uid", "name_vi", "name_en"
    ).union(articles, asked, all=True):  # fmt: skip
        found[sort].append({"code": code, "name": chosen(name_vi, name_en)})
    return dict(found)
