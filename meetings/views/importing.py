"""Bringing in minutes that exist: a file or pasted text, a review of what was understood, then a meeting."""

import io

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coalition.files.checks import Refused
from coalition.http import allow, page
from meetings import actions, forms, names, reading, review
from meetings.actions.importing import found_meeting


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
    """Show what was understood; after an error with what the person has corrected so far."""
    minutes = names.read(table, held_on=held_on, group=group)
    typed = request.POST if "sealed" in request.POST else None
    return page(
        request,
        "meetings/minutes_review.html",
        {
            "minutes": minutes,
            "rows": review.rows(minutes, typed),
            "unknown": review.unknown_names(minutes, typed),
            "organisations": names.offered(),
            "known": found_meeting(minutes, group),
            "doubts": review.doubts(minutes),
            "group": group,
            "held_on": held_on,
            "sealed": review.seal(table, held_on, group),
            "errors": errors,
        },
        status=422 if errors else None,
    )


@allow("meeting.edit", methods=("POST",))
def minutes_confirm(request):
    """Save what the review shows, as it was corrected there."""
    opened = review.unseal(request.POST.get("sealed", ""))
    if opened is None:
        return redirect("meetings:minutes_import")
    table, held_on, group = opened
    first = names.read(table, held_on=held_on, group=group)
    directory = names.directory(group, held_on)
    matched, errors = review.matched(first, request.POST, directory)
    minutes = names.read(table, held_on=held_on, group=group, more=matched) if matched else first
    shown = {row["place"]: row["who"] for row in review.rows(first)}
    chosen, more = review.chosen(minutes, request.POST, directory, shown)
    if errors or more:
        return _review(request, table, held_on, group, [*errors, *more])
    try:
        with transaction.atomic():
            names.learn(matched)
            meeting, _added = actions.import_minutes(minutes, group=group, by=request.user, chosen=chosen)
    except ValidationError as error:
        return _review(request, table, held_on, group, error.messages)
    return redirect(meeting)
