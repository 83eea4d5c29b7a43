"""Periods whose numbers are reported: a project is locked up to a day, and only coordinators still change them.

A form says it above what was typed (`reason`); actions refuse (`refuse`), so that no way leads around it. What
nobody in person does (`by=None`: commands, the clock) is not held up.
"""

from django.db.models import F
from django.utils.translation import gettext as _

from coalition.records import Closed
from projects.models import Activity

RIGHT = "report.finish"  # who finishes reports opens and closes their numbers


def locked_project(activity, days=(), projects=()):
    """Return a project whose reported numbers a change to this activity would alter, or None.

    `days` and `projects` are those that the activity would get; those it has count as well.
    """
    linked = list(activity.projects.all()) if activity.pk else []
    days = [day for day in (*days, activity.starts_on if activity.pk else None) if day]
    for project in {project.pk: project for project in [*linked, *projects]}.values():
        if project.locked_until and any(day <= project.locked_until for day in days):
            return project
    return None


def words(project):
    return _("The numbers of %(project)s are locked up to %(day)s; ask a coordinator.") % {
        "project": project.code,
        "day": f"{project.locked_until:%d/%m/%Y}",
    }


def reason(activity, *, by, days=(), projects=()):
    """Say why this person may not change the activity's numbers; empty where they may."""
    if by is None or by.has_right(RIGHT):
        return ""
    project = locked_project(activity, days, projects)
    return words(project) if project else ""


def refuse(activity, *, by, days=(), projects=()):
    """Raise Closed where `reason` has something to say."""
    why = reason(activity, by=by, days=days, projects=projects)
    if why:
        raise Closed(why, activity.get_absolute_url() if activity.pk else "")


def among(activities):
    """Return {activity pk: words} of those that lie in a locked period of one of their projects, in one statement."""
    links = Activity.projects.through.objects.filter(
        activity__in=[activity.pk for activity in activities],
        project__locked_until__gte=F("activity__starts_on"),
    )
    return {link.activity_id: words(link.project) for link in links.select_related("project")}
