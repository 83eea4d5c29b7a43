"""What everybody may read of projects and publications: no number under five, no file of people, no money."""

from collections import defaultdict

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from projects import counting, disclosure, project_pages
from projects.models import Activity, Participation, Project, Publication

AGES = {"children": _("Children (under 18)"), "adults": _("18 and over"), "unknown": _("Age not known")}
SHOWN = 300


def publications(today):
    """The public publications, the latest first; None when there is none."""
    found = list(Publication.objects.filter(is_public=True).order_by("-published_on", "pk")[:100])
    return {"publications": found} if found else None


def projects(today):
    """The projects that are open to everybody, the latest first; None when there is none."""
    found = list(Project.objects.open_to_the_public().for_list()[:50])
    return {"projects": found} if found else None


def context_of(project):
    """Return what the public page of a project says: its document, and numbers in which nobody shows."""
    activities = Activity.objects.held().filter(projects=project, is_shared=True)
    found = activities.select_related("province").order_by("kind", "starts_on", "pk")[:SHOWN]
    numbers = counting.headline(activities)
    return {
        "project": project,
        "objective": project_pages.chosen(project.objective_vi, project.objective_en),
        "chain": project_pages.chain(
            project.funding.select_related("giver", "receiver").order_by("order", "pk")
        ),
        "kinds": _by_kind(found),
        "results": project_pages.results_of(project),
        "held": numbers["held"],
        "organisations": numbers["organisations"],
        "people": people(activities),
        "publications": Publication.objects.filter(project=project, is_public=True).order_by(
            "published_on", "pk"
        ),
        "rules": {"people": counting.people_rule(), "organisations": counting.organisations_rule()},
    }


def _by_kind(activities):
    kinds = defaultdict(list)
    for activity in activities:
        kinds[activity.get_kind_display()].append(activity)
    return sorted(kinds.items(), key=lambda pair: -len(pair[1]))


def people(activities):
    """Return the table of people by age and sex, small numbers hidden; None where nobody counted."""
    rows = Participation.objects.filter(activity__in=activities.order_by().values("pk"))
    table: dict = defaultdict(int)
    for group, age, sex, total in rows.values_list("group", "age", "sex").annotate(total=Sum("count")):
        table[_age(group, age), sex] += total
    if not table:
        return None
    shown, sexes = disclosure.hide_small(table), Participation.Sex
    of_age, of_sex, together = disclosure.sums(table)
    return {
        "heads": [sex.label for sex in sexes],
        "lines": [
            (words, [_cell(table, shown, (age, sex.value)) for sex in sexes], _sum(of_age, age))
            for age, words in AGES.items() if age in of_age
        ],
        "sums": [_sum(of_sex, sex.value) for sex in sexes],
        "together": together,
        "is_hidden": None in shown.values(),
    }  # fmt: skip


def _age(group, age):
    if age in Participation.UNDER_18 or (group == "children" and age == "unknown"):
        return "children"
    return "adults" if age == Participation.Age.ADULT else "unknown"


def _cell(table, shown, cell):
    """Return the number as words: nothing where nobody counted, … where it is hidden."""
    if cell not in table:
        return ""
    return "…" if shown[cell] is None else shown[cell]


def _sum(found, key):
    if key not in found:
        return ""
    return "…" if found[key] is None else found[key]
