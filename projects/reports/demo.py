"""Two reports of the real project: the finished one of 2019 for its donor, the draft of 2020 in Vietnamese."""

from datetime import date

from coalition.members.models import User
from projects.models import DonorReport, Project
from projects.reports import actions


def load(today):
    """Add the reports that are missing; runs after everything that reports show."""
    project = Project.objects.filter(code="QTE-GD2").first()
    coordinator = User.objects.filter(memberships__role="coordinator").order_by("pk").first()
    if not (project and coordinator):
        return
    rows = [
        ("en", date(2019, 5, 1), date(2019, 12, 31), True, None),
        ("vi", date(2020, 1, 1), date(2020, 12, 31), False, date(today.year, 12, 31)),
    ]
    for language, starts_on, ends_on, is_finished, due_on in rows:
        if DonorReport.everything.filter(project=project, starts_on=starts_on, language=language).exists():
            continue
        report = DonorReport.objects.create(
            project=project,
            title=f"{project.title_in(language)} ({starts_on.year})",
            language=language,
            starts_on=starts_on,
            ends_on=ends_on,
            created_by=coordinator,
        )
        actions.promise(report, due_on=due_on, by=coordinator)
        if is_finished:
            actions.finish(report, by=coordinator)
        else:
            actions.refresh(report)
