"""The coordinator's board of reports: what is promised to donors, what is missing, what is new since the last one."""

from datetime import timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.http import urlencode

from projects.counting import rows_path
from projects.models import Activity, DonorReport, Project
from projects.reports import document as documents

SHOWN = 8
DAY = timedelta(days=1)


def due(user):
    """Return (report, its gaps or None if it was never built) of the promised drafts, the most urgent first."""
    drafts = DonorReport.objects.editable_by(user).filter(obligation__state="open").defer("snapshot")
    found = drafts.select_related("obligation").order_by("obligation__due_on", "pk")[:SHOWN]
    return [(report, documents.gaps(report.preview) if report.preview else None) for report in found]


def projects(user):
    """Return the funded projects with their last finished report and what is new since; in one statement."""
    if not user.has_right("report.draft"):
        return []
    finished = DonorReport.objects.filter(project=OuterRef("pk"), state=DonorReport.State.FINISHED)
    last = finished.order_by("-ends_on", "-finished_at", "-pk")
    found = (
        Project.objects.visible_to(user)
        .filter(
            Q(state=Project.State.OPEN) | Q(reports__state=DonorReport.State.DRAFT, reports__archived_at=None)
        )
        .exclude(funding=None)
        .annotate(
            last_id=Subquery(last.values("public_id")[:1]),
            last_end=Subquery(last.values("ends_on")[:1]),
            last_start=Subquery(last.values("starts_on")[:1]),
            last_finished=Subquery(last.values("finished_at")[:1]),
        )
        .annotate(
            held_since=_number(state="held", starts_on__gt=OuterRef("last_end")),
            changed_since=_number(
                starts_on__gte=OuterRef("last_start"),
                starts_on__lte=OuterRef("last_end"),
                updated_at__gt=OuterRef("last_finished"),
            ),
        )
        .distinct()
        .order_by("ends_on", "pk")[:SHOWN]
    )
    return [_line(project) for project in found]


def _number(**which):
    rows = Activity.everything.filter(projects=OuterRef("pk"), **which).order_by()
    return Subquery(rows.values("projects").annotate(number=Count("pk", distinct=True)).values("number")[:1])


def _line(project):
    """Return a project with the addresses of its last report, of what is new, and of the report to come."""
    wanted = {"project": project.public_id}
    if project.last_end:
        wanted["after"] = project.last_id
    return {
        "project": project,
        "last": reverse("projects:report_page", args=[project.last_id]) if project.last_id else "",
        "new": rows_path(
            project=project.public_id, state="held", **{"from": (project.last_end + DAY).isoformat()}
        )
        if project.last_end
        else "",
        "begin": f"{reverse('projects:report_new')}?{urlencode(wanted)}",
    }


def following(report):
    """Return what the report after a finished one begins with: the same template, the next period as long."""
    starts_on = report.ends_on + DAY
    ends_on = starts_on + (report.ends_on - report.starts_on)
    if (report.starts_on.day, starts_on.day) == (1, 1):
        months = (
            (report.ends_on.year - report.starts_on.year) * 12
            + report.ends_on.month
            - report.starts_on.month
            + 1
        )
        year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
        ends_on = starts_on.replace(year=year, month=month + 1) - DAY
    return {
        "template_code": report.template_code,
        "language": report.language,
        "province_generation": report.province_generation,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
