"""Bringing in minutes that exist: a file or pasted text, a review of what was understood, then a meeting."""

import io

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coalition.files.checks import Refused
from coalition.http import allow, page
from meetings import actions, forms, names, reading, review


@allow("meeting.edit")
def minutes_import(request):
    """Take in a file or text of minutes and go on to the review."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        status = 422
        try:
            table = _table(form.cleaned_data)
            held_on = form.cleaned_data["held_on"] or reading.held_on_in(table)
            if held_on is None:
                form.add_error("held_on", _("The minutes do not say when the meeting was held: fill it in."))
            else:
                return _review(request, table, held_on, form.cleaned_data["group"])
        except Refused as error:
            form.add_error("file", error)
            status = error.status
        return page(request, "meetings/minutes_import.html", {"form": form}, status=status)
    return page(request, "meetings/minutes_import.html", {"form": form})


def _table(cleaned):
    file = cleaned.get("file")
    if file:
        return reading.read_file(file, file.name, file.size)
    content = cleaned["text"].encode()
    return reading.read_file(io.BytesIO(content), "minutes.txt", len(content))


def _review(request, table, held_on, group, errors=()):
    minutes = names.read(table, held_on=held_on, group=group)
    return page(
        request,
        "meetings/minutes_review.html",
        {
            "minutes": minutes,
            "rows": review.rows(minutes),
            "doubts": review.doubts(minutes),
            "group": group,
            "held_on": held_on,
            "sealed": review.seal(table, held_on, group),
            "errors": errors,
        },
    )


@allow("meeting.edit", methods=("POST",))
def minutes_confirm(request):
    """Save what the review shows, as it was corrected there."""
    opened = review.unseal(request.POST.get("sealed", ""))
    if opened is None:
        return redirect("meetings:minutes_import")
    table, held_on, group = opened
    minutes = names.read(table, held_on=held_on, group=group)
    chosen, errors = review.chosen(minutes, request.POST, names.directory(group, held_on))
    if errors:
        return _review(request, table, held_on, group, errors)
    try:
        meeting, _added = actions.import_minutes(minutes, group=group, by=request.user, chosen=chosen)
    except ValidationError as error:
        return _review(request, table, held_on, group, error.messages)
    return redirect(meeting)
