"""The form as an Excel workbook: download, upload, what would change, confirm."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns import actions
from campaigns.forms import UploadForm
from campaigns.models import FormImport
from campaigns.views.loading import form_for, whole_number
from campaigns.workbook import comparing, guarding, legacy, writing
from coalition.files.checks import Refused
from coalition.http import allow, download, page
from coalition.records import Conflict
from coalition.text import slug

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow("form.see", methods=("GET",))
def form_download(request, public_id):
    """Give the form as a workbook in the reader's language, filled with what it holds."""
    form = form_for(request.user, public_id)
    name = f"{slug(form.organisation.code)}-{form.round.period.code}.xlsx"
    return download(writing.make(form, get_language() or "vi"), name, XLSX)


@allow("form.prepare")
def form_upload(request, public_id):
    """Take a filled-in workbook; nothing changes until its preview is confirmed."""
    form = form_for(request.user, public_id, may_edit=True)
    typed = UploadForm(request.POST or None, request.FILES or None)
    status = 422 if request.method == "POST" else None
    if request.method == "POST" and typed.is_valid():
        upload = typed.cleaned_data["workbook"]
        try:
            content = guarding.checked_content(upload)
            taken = actions.take_in(form, content=content, name=upload.name, by=request.user)
        except Refused as refused:
            typed.add_error("workbook", refused)
            status = refused.status
        else:
            return redirect("campaigns:import_page", taken.public_id)
    return page(request, "campaigns/form_upload.html", {"form": form, "typed": typed}, status=status)


def _import_for(request, public_id):
    """Return the upload and its form, if this person may write in that form."""
    taken = get_object_or_404(FormImport.objects.select_related("form"), public_id=public_id)
    form = form_for(request.user, taken.form.public_id, may_edit=True)
    return taken, form


@allow("form.prepare")
def import_page(request, public_id):
    """Show every mistake by its cell, or what would change; take it over when confirmed."""
    taken, form = _import_for(request, public_id)
    if request.method == "POST":
        return _act(request, taken, form)
    context = {"form": form, "taken": taken}
    if taken.state == FormImport.State.WRONG:
        encoding = taken.read.get("encoding", "")
        context["font"] = legacy.name_of(encoding) if encoding else ""
        context["mistakes"] = taken.mistakes
        return page(request, "campaigns/import_wrong.html", context)
    context["plan"] = plan = comparing.plan(form, taken.read)
    if plan.mistakes:  # the log has changed since the upload was read
        return page(request, "campaigns/import_wrong.html", {**context, "mistakes": plan.mistakes})
    return page(request, "campaigns/import_page.html", context)


def _act(request, taken, form):
    if request.POST.get("convert"):
        return _convert(request, taken, form)
    try:
        actions.apply_import(
            taken,
            by=request.user,
            version=whole_number(request.POST.get("version")),
            keep=request.POST.getlist("keep"),
        )
    except Conflict:
        messages.warning(
            request, _("The form changed meanwhile. This is what the workbook would change now.")
        )
        return redirect("campaigns:import_page", taken.public_id)
    messages.info(request, _("The workbook is taken over."))
    return redirect(form)


def _convert(request, taken, form):
    """Read the upload once more, with its text taken over from the old font."""
    try:
        with taken.workbook.open("rb") as file:
            again = actions.take_in(
                form,
                content=file.read(),
                name=taken.original_name,
                by=request.user,
                encoding=taken.read.get("encoding", ""),
            )
    except Refused as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect("campaigns:form_upload", form.public_id)
    return redirect("campaigns:import_page", again.public_id)


@allow("form.prepare", methods=("GET",))
def import_marked(request, public_id):
    """Give the uploaded workbook back, with wrong cells in red and a comment on each."""
    taken, form = _import_for(request, public_id)
    try:
        content = actions.marked(taken)
    except Refused as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect("campaigns:form_upload", form.public_id)
    return download(content, f"{slug(taken.original_name.removesuffix('.xlsx'))}-sua.xlsx", XLSX)
