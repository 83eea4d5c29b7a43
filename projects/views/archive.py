"""Taking projects, publications and policy inputs out of the lists and back, and going back to earlier versions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.http import allow
from projects import actions
from projects.models import PolicyInput, Project, Publication


@allow("project.edit", methods=("POST",))
def project_archive(request, public_id):
    return _archive(
        request, Project, public_id, _("The project is in the archive; its activities stay in the log.")
    )


@allow("project.edit", methods=("POST",))
def publication_archive(request, public_id):
    return _archive(request, Publication, public_id)


@allow("project.edit", methods=("POST",))
def policy_input_archive(request, public_id):
    return _archive(request, PolicyInput, public_id)


def _archive(request, model, public_id, words=""):
    """Take a record out of the lists, or put it back; its page stays for those who may do that."""
    record = get_object_or_404(model.everything.editable_by(request.user), public_id=public_id)
    if record.archived_at:
        actions.restore(record=record, by=request.user)
    else:
        actions.archive(record=record, by=request.user)
        if words:
            messages.success(request, words)
    return redirect(record)


@allow("project.edit")
def project_go_back(request, public_id, number):
    return _go_back(request, Project, public_id, number)


@allow("project.edit")
def publication_go_back(request, public_id, number):
    return _go_back(request, Publication, public_id, number)


@allow("project.edit")
def policy_input_go_back(request, public_id, number):
    return _go_back(request, PolicyInput, public_id, number)


def _go_back(request, model, public_id, number):
    """Give a record the texts it had in an earlier version, after asking."""
    record = get_object_or_404(model.objects.editable_by(request.user), public_id=public_id)
    version = get_object_or_404(record.history, pk=number)
    if request.method == "POST":
        actions.go_back(record=record, version=version, by=request.user)
        return redirect(record)
    moment = f"{timezone.localtime(version.history_date):%H:%M %d/%m/%Y}"
    context = {
        "question": _("Go back to the version of %(day)s?") % {"day": moment},
        "consequences": _consequences(model),
        "back": record.get_absolute_url(),
    }
    return render(request, "confirm.html", context)


def _consequences(model):
    """Say what comes back with an earlier version and what does not."""
    words = _(
        "What it was linked with then is linked again; files stay as they are. "
        "The present version stays in the history."
    )
    if model is Project:
        lines = _("Its money, partners, results, indicators and values come back as they were then.")
        words = f"{lines} {words}"
    return words
