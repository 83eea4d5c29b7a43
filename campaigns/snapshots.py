"""Freezes a form as it was submitted, and says how two states of a form differ."""

import hashlib
import json

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


def last(form):
    """Return the data of the last submission, or None."""
    snapshot = form.snapshots.order_by("-revision").first()
    return snapshot.data if snapshot else None
