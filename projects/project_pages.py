"""What a project's page shows: its chain of funding, results with indicators, activities, works, numbers."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Value
from django.utils.translation import get_language

from coalition.reference.models import Article, Province, Recommendation
from projects import counting
from projects.models import Activity, PolicyInput, Publication, Result

SHOWN = 120  # activities written out on the page; the rest is one link away


@dataclass
class Indicator:
    """An indicator with its values over time; `actual` is their sum where they add up, else the newest."""

    name: str
    unit: str
    baseline: object
    target: object
    is_cumulative: bool
    values: list = field(default_factory=list)

    @property
    def actual(self):
        if not self.values:
            return None
        return sum(value for _day, value in self.values) if self.is_cumulative else max(self.values)[1]


def context_of(project, user):
    activities = Activity.objects.visible_to(user).filter(projects=project)
    found = list(activities.select_related("province").order_by("starts_on", "pk")[: SHOWN + 1])
    totals = counting.headline(activities)
    funding = list(project.funding.select_related("giver", "receiver").order_by("order", "pk"))
    return {
        "project": project,
        "objective": chosen(project.objective_vi, project.objective_en),
        "funding": funding,
        "chain": chain(funding),
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


def chosen(vietnamese, english):
    return (english or vietnamese) if get_language() == "en" else vietnamese


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
    """Return the results framework as [{level, statement, achieved, indicators, pk}], in one statement."""
    columns = ("pk", "level", "order", "statement_vi", "statement_en", "achieved_vi", "achieved_en")
    of_indicator = ("pk", "name_vi", "name_en", "unit", "baseline", "target", "is_cumulative")
    rows = Result.objects.filter(project=project).order_by(
        "order", "pk", "indicators", "indicators__values__ends_on"
    )
    found: dict = {}
    for row in rows.values(
        *columns, *(f"indicators__{name}" for name in of_indicator), "indicators__values__ends_on",
        "indicators__values__value",
    ):  # fmt: skip
        result = found.setdefault(row["pk"], {
            "pk": row["pk"],
            "level": Result.Level(row["level"]).label,
            "statement": chosen(row["statement_vi"], row["statement_en"]),
            "achieved": chosen(row["achieved_vi"], row["achieved_en"]),
            "by_key": {},
        })  # fmt: skip
        key = row["indicators__pk"]
        if key is None:
            continue
        if key not in result["by_key"]:
            result["by_key"][key] = Indicator(
                chosen(row["indicators__name_vi"], row["indicators__name_en"]),
                *(row[f"indicators__{name}"] for name in of_indicator[3:]),
            )
        if row["indicators__values__value"] is not None:
            value = (row["indicators__values__ends_on"], row["indicators__values__value"])
            result["by_key"][key].values.append(value)
    return [{**result, "indicators": list(result["by_key"].values())} for result in found.values()]


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
