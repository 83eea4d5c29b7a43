"""The long work of reports, done in the worker with true progress."""

from django.utils.translation import gettext as _

from coalition.jobs import work
from projects.models import DonorReport
from projects.reports import actions

KIND = "donor_report"


def build(job, progress):
    """Make one file of a report; the payload is {"report": pk, "kind": "pdf"|"docx"|"xlsx"}."""
    report = DonorReport.objects.select_related("project__lead").filter(pk=job.payload["report"]).first()
    if report is None:
        raise work.Refused(_("The report is no longer there."))

    def on_section(done, total, title):
        progress.step(title, done, total + 1)

    stored = actions.make_file(report, kind=job.payload["kind"], by=job.requested_by, progress=on_section)
    progress.step(_("Ready"), 1, 1)
    return work.Result(path=f"{report.get_absolute_url()}files/{stored.public_id}/", file=stored)


def register():
    """Make the work known to the worker; called from ProjectsConfig.ready()."""
    work.register(KIND, build)
