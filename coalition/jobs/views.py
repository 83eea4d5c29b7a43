"""The page of a piece of work: how far it truly is, what came of it, and a way to stop it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from coalition.files.answers import handed_out
from coalition.http import allow, page
from coalition.jobs import actions
from coalition.jobs.models import Job

SHOWN = 50


@allow("job.see", methods=("GET",))
def job_list(request):
    """List the person's own jobs, the newest first."""
    jobs = Job.objects.visible_to(request.user).select_related("result_file").order_by("-pk")[:SHOWN]
    return page(request, "jobs/job_list.html", {"jobs": jobs})


@allow("job.see", methods=("GET",))
def job_page(request, public_id):
    """Show how far a job is; the part `progress` asks again every second while it runs."""
    job = get_object_or_404(
        Job.objects.visible_to(request.user).select_related("result_file"), public_id=public_id
    )
    response = page(request, "jobs/job_page.html", {"job": job})
    if request.htmx and job.is_over:
        response["HX-Refresh"] = "true"  # the whole page says what came of it
    return response


@allow("job.see", methods=("GET",))
def job_file(request, public_id):
    """Hand out the file that came of one's own job."""
    found = Job.objects.visible_to(request.user).filter(state=Job.State.DONE, result_file__archived_at=None)
    job = get_object_or_404(found.exclude(result_file=None), public_id=public_id)
    return handed_out(job.result_file)


@allow("job.see", methods=("POST",))
def job_cancel(request, public_id):
    """Stop the work at its next step."""
    job = get_object_or_404(Job.objects.visible_to(request.user), public_id=public_id)
    actions.cancel(job)
    messages.info(request, _("It stops at its next step."))
    return redirect(job)
