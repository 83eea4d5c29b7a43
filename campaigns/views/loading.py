"""Loads what a page of a form shows, through the rights of the person who asks."""

from collections import defaultdict

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from campaigns import cells, missing, photos
from campaigns.models import Answer, FormLine, QuarterlyForm, ReportingRound
from coalition import text

MOST_LINES = 100  # of one part on a page; a workbook brings up to 5,000


def form_for(user, public_id, **rights):
    """Return the form if this person may see it, else 404; `may_edit=True` and the like ask for more."""
    forms = (
        QuarterlyForm.objects.visible_to(user)
        .with_rights(user)
        .select_related(
            "round__campaign", "round__edition", "organisation", "obligation", "submitted_by", "on_behalf_by"
        )
    )
    form = get_object_or_404(forms, public_id=public_id)
    if any(getattr(form, name) is not wanted for name, wanted in rights.items()):
        raise Http404
    return form


def round_for(user, public_id):
    """Return the round, with the counts of its forms, if this person may see it, else 404."""
    found = ReportingRound.objects.visible_to(user).select_related("campaign", "edition")
    return get_object_or_404(found.with_counts(QuarterlyForm.states_in_hand(user)), public_id=public_id)


def whole_number(given):
    """Return a version or revision that a page sent along, or None where it is none."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else None


def line_of(form, line_id):
    """Return one line of this very form, with its activity and counts."""
    return get_object_or_404(cells.lines_of(form), public_id=line_id)


def questions_of(form):
    """Return the round's questions in order, each with the `text` of this form's answer, as it is `shown`, and
    what was answered `before`."""
    answers = Answer.objects.filter(form=form, question=OuterRef("pk")).values("text")[:1]
    given = Coalesce(Subquery(answers), Value(""), output_field=TextField())
    questions = list(form.round.questions.annotate(text=given).order_by("order", "pk"))
    before = _answers_before(form)
    for question in questions:
        question.shown = question.words_of(question.text)
        question.before = before.get(question.code)
    return questions


def _answers_before(form):
    """Return {code: answer} of the form that the organisation handed in last before this one."""
    earlier = QuarterlyForm.objects.filter(
        organisation=form.organisation_id,
        revision__gt=0,
        round__in=ReportingRound.objects.before(form.round),
    ).order_by("-round__year", "-round__quarter")
    answers = Answer.objects.given().filter(form=Subquery(earlier.values("pk")[:1]))
    return {answer.question.code: answer for answer in answers.select_related("question__round")}


def notes_of(form):
    """Return the notes of the last return by cell; empty unless the form is back with the member."""
    if form.state != QuarterlyForm.State.RETURNED:
        return {}
    notes = form.notes.filter(revision=form.revision).select_related("question", "line__activity")
    return {note.cell: note for note in notes.order_by("pk")}


def plan_made_before(form):
    """Return what the organisation planned for this quarter in the form before, with what became of it."""
    before = form.round.period.previous()
    return list(
        FormLine.objects.filter(
            part=FormLine.Part.PLAN,
            form__organisation=form.organisation_id,
            form__round__campaign=form.round.campaign_id,
            form__round__year=before.year,
            form__round__quarter=before.number,
            activity__archived_at=None,
        )
        .select_related("activity")
        .order_by("activity__starts_on", "pk")
    )


def content_of(form):
    """Return lines by part, questions with answers, and what is missing."""
    lines = list(cells.lines_of(form))
    questions = questions_of(form)
    answers = {question.code: question.text for question in questions}
    shown = photos.of(form)
    found = missing.find(form, lines, questions, answers, shown)
    missing_of = defaultdict(list)
    for item in found:
        missing_of[item.line_id].append(item)
    for line in lines:
        line.counts = cells.counts_of(line.activity)
        line.children = cells.side_sum(line.counts, "children")
        line.adults = cells.side_sum(line.counts, "adults")
        line.missing = missing_of[line.public_id]
    return {
        "done": [line for line in lines if line.part == FormLine.Part.DONE],
        "planned": [line for line in lines if line.part == FormLine.Part.PLAN],
        "questions": questions,
        "photos": shown,
        "missing": found,
    }


def shown_of(lines, notes, query):
    """Return the lines to show of a part: those looked for; of very many the first, what needs a hand before all.

    Each gets the notes on its cells (`remarks`).
    """
    remarks = defaultdict(list)
    for note in notes.values():
        remarks[note.line_id].append(note)
    for line in lines:
        line.remarks = remarks[line.pk]
    wanted = text.fold(query)
    found = [line for line in lines if wanted in text.fold(line.activity.title)]
    if len(found) > MOST_LINES:
        found.sort(key=lambda line: not (line.missing or line.remarks))
    return found[:MOST_LINES]
