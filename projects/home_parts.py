"""What the home page tells of the activity log: what comes next, how the year goes, dots on the ribbon."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition import home
from coalition.lists.search import Hit
from coalition.ribbon import Dot
from projects import counting, open_pages
from projects.models import Activity, DonorReport, PolicyInput, Project, Publication

SOON = dt.timedelta(days=45)
DOTS = 250


def told_by(rooms):
    """Return the details (training, meeting) whose room tells of them itself, so that nothing stands twice."""
    from projects.pages import detail_names

    labels = {name: Activity._meta.get_field(name).related_model._meta.app_label for name in detail_names()}
    return [name for name, label in labels.items() if label in rooms]


def _left_out(activities, rooms):
    for name in told_by(rooms):
        activities = activities.filter(**{f"{name}__isnull": True})
    return activities


def own(user):
    """Return the activities a person's home is about: all for the secretariat and donors, else its own."""
    seen = Activity.objects.visible_to(user)
    if user.is_secretariat or not user.organisation_ids:
        return seen
    together = Activity.co_organisers.through.objects.filter(organisation__in=user.organisation_ids)
    return seen.filter(Q(lead__in=user.organisation_ids) | Q(pk__in=together.values("activity")))


def coming(user, today):
    """Return the next planned activities, or None."""
    found = Activity.objects.visible_to(user).filter(
        state=Activity.State.PLANNED, starts_on__gte=today, starts_on__lte=today + SOON
    )
    found = _left_out(
        found, {part.template.split("/")[0] for part in home.parts() if part.question == "next"}
    )
    activities = list(found.select_related("province", "lead").order_by("starts_on", "pk")[:6])
    return {"activities": activities[:5], "is_more": len(activities) > 5} if activities else None


def doing(user, today):
    """Return the year's numbers with the addresses of the rows behind them, in one statement."""
    first = dt.date(today.year, 1, 1)
    numbers = counting.headline(own(user).in_period(first, today))
    if not numbers["held"]:
        return None
    wanted = {"state": "held", "from": first.isoformat(), "to": today.isoformat()}
    if not user.is_secretariat and user.organisation_ids:
        wanted["org"] = user.organisation.public_id
    return {
        "year": today.year,
        "numbers": numbers,
        "whose": None if user.is_secretariat or not user.organisation_ids else user.organisation,
        "held_path": counting.rows_path(**wanted),
        "organisations_path": counting.supported_path(**wanted),
        "rules": {"people": counting.people_rule(), "organisations": counting.organisations_rule()},
    }


def funded(user, today):
    """Return the projects a donor's reader sees and their finished reports; None for everybody else."""
    if user.is_secretariat or user.organisation_ids:
        return None
    return {
        "projects": list(Project.objects.visible_to(user).for_list()[:20]),
        "reports": list(DonorReport.objects.visible_to(user).order_by("-ends_on", "pk")[:5]),
    }


def dots(user, year):
    """Yield a dot for each activity of the year, the newest first where there are very many."""
    found = own(user).in_period(dt.date(year, 1, 1), dt.date(year, 12, 31))
    found = _left_out(found, {function.__module__.split(".")[0] for function in home.dots_functions()})
    rows = found.exclude(state=Activity.State.CANCELLED).order_by("-starts_on", "-pk")
    for activity in rows.only("public_id", "title", "starts_on", "state")[:DOTS]:
        kind = "activity" if activity.state == Activity.State.HELD else "planned"
        yield Dot(activity.starts_on, kind, activity.title, activity.get_absolute_url())


def find_activities(user, query, limit):
    found = (
        Activity.objects.visible_to(user).search(query).select_related("lead").order_by("-starts_on", "-pk")
    )
    return [Hit(a.title, a.get_absolute_url(), f"{a.starts_on:%d/%m/%Y} · {a.lead}") for a in found[:limit]]


def find_projects(user, query, limit):
    found = Project.objects.visible_to(user).search(query).order_by("-starts_on", "pk")
    return [Hit(project.title, project.get_absolute_url(), project.code) for project in found[:limit]]


def find_publications(user, query, limit):
    found = Publication.objects.visible_to(user).search(query).order_by("-published_on", "-pk")
    return [Hit(each.title, each.get_absolute_url(), each.get_kind_display()) for each in found[:limit]]


def find_policy_inputs(user, query, limit):
    found = PolicyInput.objects.visible_to(user).search(query).order_by("-submitted_on", "-pk")
    return [Hit(each.title, each.get_absolute_url(), each.get_stage_display()) for each in found[:limit]]


def register():
    """Put the parts, dots and search providers where they are asked for."""
    from coalition.files import access
    from coalition.lists import search
    from projects.seen_files import evidence_seen_by, publications_seen_by

    home.register(20, "next", coming, "projects/home_next.html")
    home.register(10, "doing", doing, "projects/home_doing.html")
    home.register(20, "doing", funded, "projects/home_funded.html")
    home.register_dots(dots)
    home.register_public(15, open_pages.projects, "public/projects.html")
    home.register_public(20, open_pages.publications, "public/publications.html")
    search.register(10, "activities", _("Activities"), find_activities, "/activities/")
    search.register(20, "projects", _("Projects"), find_projects, "/projects/")
    search.register(30, "publications", _("Publications"), find_publications, "/publications/")
    search.register(40, "policy-inputs", _("Policy inputs"), find_policy_inputs, "/policy-inputs/")
    access.register(evidence_seen_by)
    access.register(publications_seen_by)
