"""Taking in an existing spreadsheet of activities, with a look at everything before anything is written."""

import io

import xlsxwriter
from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.files import actions as files
from coalition.files.checks import Refused
from coalition.files.models import StoredFile
from coalition.forms import PlainForm
from coalition.http import allow, download, page
from coalition.members.models import Organisation
from projects import imports
from projects.resources import COLUMNS, ActivityResource

SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(PlainForm):
    sheet = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(".xlsx or CSV in UTF-8, at most 5,000 rows; the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@allow("activity.import")
def activity_import(request):
    """Read a spreadsheet, show what it would do and every mistake by its cell; write on confirmation."""
    if request.POST.get("confirmed"):
        return _write(request)
    form, found, kept, status = ImportForm(request.POST or None, request.FILES or None), None, None, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = imports.plan(imports.read(form.cleaned_data["sheet"]))
            except Refused as refused:
                form.add_error("sheet", refused)
                status = refused.status
        if found and not found.mistakes:
            kept, status = _keep(request, form.cleaned_data["sheet"]), None
    context = {"form": form, "plan": found, "kept": kept, "shown": SHOWN}
    if found:
        context |= {"mistakes": found.mistakes[:500], "lines": found.lines[:SHOWN]}
    return page(request, "projects/activity_import.html", context, status=status)


def _keep(request, upload):
    """Keep the sheet between the look and the writing; it also shows later what was taken in."""
    upload.seek(0)
    return files.store_bytes(
        upload.read(),
        name=upload.name,
        content_type=XLSX,
        organisation=request.user.organisation,
        by=request.user,
        kind=StoredFile.Kind.SHEET,
    )


def _write(request):
    kept = get_object_or_404(
        StoredFile.objects.filter(created_by=request.user, kind=StoredFile.Kind.SHEET),
        public_id=request.POST["confirmed"],
    )
    with kept.content.open("rb") as sheet:
        upload = io.BytesIO(sheet.read())
    upload.size = kept.size
    found = imports.plan(imports.read(upload))
    if found.mistakes:  # somebody renamed an organisation between the look and the writing
        messages.error(request, _("Something has changed since you looked. Please send the file again."))
        return redirect("projects:activity_import")
    new, changed = imports.write(found, by=request.user)
    words = _("%(new)s activities were added, %(changed)s changed.")
    messages.success(request, words % {"new": new, "changed": changed})
    return redirect("projects:activity_list")


@allow("activity.import", methods=("GET",))
def import_template(request):
    """Hand out an empty spreadsheet with the columns, an example and what may stand in them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(_("Activities"))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(
            place, place, 40 if column == "title" else 18, day if column in ("starts_on", "ends_on") else None
        )
        sheet.write_string(0, place, str(ActivityResource.fields[column].column_name), bold)
    names = book.add_worksheet(_("Organisations"))
    names.set_column(0, 0, 60)
    for row, organisation in enumerate(Organisation.objects.in_order()):
        names.write_string(row, 0, organisation.name)
    book.close()
    return download(out.getvalue(), "activities.xlsx", XLSX)
