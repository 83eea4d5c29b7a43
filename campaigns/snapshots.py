"""Freezes a form as it was submitted, and says how two states of a form differ."""

import hashlib
import json

from django.utils.translation import gettext as _

from campaigns import cells, photos
from campaigns.models import FormSnapshot


def data_of(form):
    """Return the form's content as plain data: lines by activity, answers by question code."""
    return {
        "organisation": form.organisation.code,
        "campaign": form.round.campaign.code,
        "quarter": form.round.period.code,
        "has_nothing": form.has_nothing,
        "lines": [
            {"key": line.activity.public_id, "part": line.part, **cells.values_of(line)}
            for line in cells.lines_of(form)
        ],
        "photos": [
            {"key": photo.public_id, "sha256": photo.sha256, "caption": photo.caption}
            for photo in photos.of(form)
            if photo.is_on_form
        ],
        "answers": {
            answer.question.code: answer.text
            for answer in form.answers.select_related("question").order_by("question__order", "pk")
        },
    }


def take(form, *, by, at):
    """Freeze the form under its present revision."""
    data = data_of(form)
    content = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    return FormSnapshot.objects.create(
        form=form,
        revision=form.revision,
        data=data,
        sha256=hashlib.sha256(content).hexdigest(),
        taken_at=at,
        taken_by=by,
    )


def changes(form, lines):
    """Return (title, what, then, now) for what differs in the log since the form was handed in.

    `lines` are the form's lines with their cells loaded. The form keeps saying what it said; readers are told.
    """
    submitted = {line["key"]: line for line in (last(form) or {}).get("lines", [])}
    found = []
    for line in lines:
        then = submitted.pop(line.activity.public_id, None)
        if then is None:
            continue
        title = then["title"]
        names = {line.activity.province.uid: line.activity.province.name} if line.activity.province_id else {}
        for code, now in cells.values_of(line).items():
            if code in then and not cells.is_same(code, then[code], now):
                shown = [cells.shown(code, value, names) for value in (then[code], now)]
                found.append((title, cells.BY_CODE[code].label, *shown))
    found += [(line["title"], _("no longer in the log"), "", "") for line in submitted.values()]
    return found


def last(form):
    """Return the data of the last submission, or None."""
    snapshot = form.snapshots.order_by("-revision").first()
    return snapshot.data if snapshot else None
