"""The long work of reports, done in the worker with true progress."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.jobs import work
from coalition.notifications import kinds
from coalition.notifications.actions import queue_letter
from projects.models import DonorReport
from projects.reports import actions

KIND, MESSAGE = "donor_report", "file_ready"
PATIENCE = timedelta(minutes=2)  # who waits longer is told by mail too


def build(job, progress):
    """Make one file of a report; the payload is {"report": pk, "kind": "pdf"|"docx"|"xlsx"}."""
    report = DonorReport.objects.select_related("project__lead").filter(pk=job.payload["report"]).first()
    if report is None:
        raise work.Refused(_("The report is no longer there."))

    def tell(done, total, words):
        progress.step(words, done, total)

    stored = actions.make_file(report, kind=job.payload["kind"], by=job.requested_by, progress=tell)
    path = f"{report.get_absolute_url()}files/{stored.public_id}/"
    if timezone.now() - job.created_at > PATIENCE:
        _tell_by_mail(job, path)
    progress.step(_("Ready"), 1, 1)
    return work.Result(path=path, file=stored)


def _tell_by_mail(job, path):
    """Write to whoever has probably gone on to other work; once, however often the job is begun again."""
    queue_letter(
        kind=MESSAGE,
        key=f"report-ready:{job.public_id}",
        recipient=job.requested_by,
        template="notice",
        context={
            "subject": _("Ready: %(title)s") % {"title": job.title},
            "words": _("The file that you asked for is ready."),
        },
        path=path,
    )


def register():
    """Make the work and its message known; called from ProjectsConfig.ready()."""
    work.register(KIND, build)
    kinds.register(MESSAGE, gettext_lazy("Files that are ready"))
