"""Photos and documents that show an activity took place."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.files import actions as files
from coalition.files.checks import Refused
from coalition.files.forms import FilesForm, StoryForm
from coalition.http import allow, page
from projects import actions
from projects.models import Activity, Evidence


@allow("file.add")
def evidence_add(request, public_id):
    """Take in files for an activity; what is refused is named, the others are kept."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), public_id=public_id)
    form = FilesForm(request.POST or None, request.FILES or None)
    status = None
    if request.method == "POST":
        status = _take_in(request, activity, form) if form.is_valid() else 422
        if status is None:
            return redirect(activity)
    return page(request, "projects/evidence_add.html", {"activity": activity, "form": form}, status=status)


def _take_in(request, activity, form):
    """Keep what can be kept; return None, or the HTTP status of what was refused."""
    status, kept = None, 0
    for upload in form.cleaned_data["files"]:
        try:
            file = files.store(
                upload,
                organisation=activity.lead,
                by=request.user,
                caption=form.cleaned_data["caption"],
                shows_people=False if form.cleaned_data["shows_nobody"] else None,
            )
        except Refused as refused:
            form.add_error("files", f"{upload.name}: {' '.join(refused.messages)}")
            status = refused.status
            continue
        actions.add_evidence(activity=activity, file=file, by=request.user)
        kept += 1
    if kept:
        words = ngettext("%(count)s file kept.", "%(count)s files kept.", kept)
        messages.success(request, words % {"count": kept})
    return status


@allow("file.add")
def story_add(request, public_id):
    """Take in a story that somebody told; where people can be recognised, its consent is asked for next."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), public_id=public_id)
    form = StoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        file = files.store_story(
            form.cleaned_data["words"],
            title=form.cleaned_data["title"],
            organisation=activity.lead,
            by=request.user,
            shows_people=not form.cleaned_data["shows_nobody"],
        )
        actions.add_evidence(activity=activity, file=file, by=request.user)
        if file.shows_people:
            messages.info(request, _("The story is internal until a signed consent is recorded."))
        return redirect(activity)
    context = {"activity": activity, "form": form}
    return page(request, "projects/story_add.html", context, status=422 if form.errors else None)


@allow("file.add", methods=("POST",))
def evidence_remove(request, public_id, file_id):
    """Take a file off an activity: it goes into the archive, and the activity's page offers the way back."""
    evidence = _evidence(request, public_id, file_id)
    actions.remove_evidence(evidence=evidence, by=request.user)
    messages.success(request, _("The file is in the archive and no longer shown."))
    return redirect(evidence.activity)


@allow("file.add", methods=("POST",))
def evidence_restore(request, public_id, file_id):
    """Hang a file that was taken off an activity on it again; its consents hold as before."""
    evidence = _evidence(request, public_id, file_id)
    actions.restore_evidence(evidence=evidence, by=request.user)
    messages.success(request, _("The file is back."))
    return redirect(evidence.activity)


def _evidence(request, public_id, file_id):
    activity = get_object_or_404(Activity.objects.editable_by(request.user), public_id=public_id)
    found = Evidence.objects.select_related("file", "activity")
    return get_object_or_404(found, activity=activity, file__public_id=file_id)
