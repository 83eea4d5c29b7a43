"""The coordinator's side of one form: return, accept, reopen, correct, type in; and the confirmation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import actions, cells
from campaigns.actions import behalf
from campaigns.forms import CorrectionForm, ReasonForm, ReturnForm
from campaigns.models import QuarterlyForm
from campaigns.views.loading import content_of, form_for, line_of, whole_number
from coalition import text
from coalition.dates import add_working_days
from coalition.http import allow, page, public
from coalition.records import Conflict
from coalition.reference.models import CalendarDay

State = QuarterlyForm.State
MOST_LINES = 150  # on the page of notes; each has up to sixteen cells


@allow("form.review")
def form_return(request, public_id):
    """Show every cell with room for a note, and send the form back."""
    form = form_for(request.user, public_id)
    if form.state != State.SUBMITTED:
        return redirect(form)
    today = timezone.localdate()
    suggested = add_working_days(today, 5, CalendarDay.objects.overrides())
    typed = ReturnForm(request.POST or None, today=today, initial={"due_on": suggested})
    if request.method == "POST" and typed.is_valid() and _return(request, form, typed, today):
        return redirect(form)
    context = {"form": form, "typed": typed, **_cells_to_note(request, form)}
    return page(request, "campaigns/form_return.html", context, status=422 if typed.is_bound else None)


def _return(request, form, typed, today):
    """Send the form back; say whether that is settled, or the page should say what is wrong."""
    try:
        actions.return_form(
            form,
            by=request.user,
            notes=_notes(request.POST),
            today=today,
            revision=whole_number(request.POST.get("revision")),
            **typed.cleaned_data,
        )
    except ValidationError as wrong:
        typed.add_error(None, wrong)
        return False
    except (Conflict, PermissionDenied):
        typed.add_error(None, _("The form was handed in anew meanwhile: please look at your notes again."))
        return False
    messages.info(request, _("Returned. The organisation gets your notes by mail."))
    return True


def _cells_to_note(request, form):
    """Return the questions and the lines with their cells and typed notes; of many lines those looked for."""
    content = content_of(form)
    noted = dict(_notes(request.POST))
    for question in content["questions"]:
        question.note = noted.get(f"answer-{question.code}", "")
    wanted = text.fold(request.GET.get("q", ""))
    lines = [*content["done"], *content["planned"]]
    found = [line for line in lines if wanted in text.fold(line.activity.title)]
    return {
        "questions": content["questions"],
        "rows": [(line, _cells(line, request.POST)) for line in found[:MOST_LINES]],
        "number_of_lines": len(lines),
        "is_cut": len(lines) > MOST_LINES,
        "q": request.GET.get("q", ""),
    }


def _notes(data):
    """Return [(cell, text)] of the notes that were typed."""
    return [
        (name[5:], text.strip()[:1000])
        for name, text in data.items()
        if name.startswith("note-") and text.strip()
    ]


def _cells(line, data):
    """Return (cell name, label, shown value, typed note) for each column of a line."""
    values = cells.values_of(line)
    names = {line.activity.province.uid: line.activity.province.name} if line.activity.province_id else {}
    return [
        (
            f"line-{line.public_id}-{column.code}",
            column.label,
            cells.shown(column.code, values[column.code], names),
            data.get(f"note-line-{line.public_id}-{column.code}", ""),
        )
        for column in cells.columns_of(line.part)
    ]


@allow("form.review", methods=("POST",))
def form_accept(request, public_id):
    """Accept a submitted form."""
    form = form_for(request.user, public_id)
    try:
        actions.accept(form, by=request.user, revision=whole_number(request.POST.get("revision")))
    except (Conflict, PermissionDenied):
        messages.warning(request, _("The form is not the one you had read. Please look at it again."))
    return redirect(form)


@allow("form.review")
def form_reopen(request, public_id):
    """Open a form again, with a reason that both sides read."""
    form = form_for(request.user, public_id)
    if form.is_open:
        return redirect(form)
    typed = ReasonForm(request.POST or None)
    if request.method == "POST" and typed.is_valid():
        reason = typed.cleaned_data["reason"]
        actions.reopen(form, by=request.user, reason=reason, today=timezone.localdate())
        return redirect(form)
    context = {
        "question": _("Open this form again?"),
        "form": typed,
        "back": form.get_absolute_url(),
        "consequences": _("The organisation owes it again, with five working days from today."),
    }
    return page(request, "confirm.html", context)


@allow("form.review", methods=("POST",))
def form_on_behalf(request, public_id):
    """Begin to type in a form that came on paper."""
    form = form_for(request.user, public_id)
    if form.is_open:
        actions.take_over(form, by=request.user)
    return redirect(form)


@allow("form.review")
def line_correct(request, public_id, line_id):
    """Put a number of an accepted form right, with a record of what stood there."""
    form = form_for(request.user, public_id)
    if form.state != State.ACCEPTED:
        raise Http404
    line = line_of(form, line_id)
    typed = CorrectionForm(request.POST or None)
    if request.method == "POST" and typed.is_valid():
        try:
            actions.correct(line, **typed.cleaned_data, by=request.user)
        except ValidationError as wrong:
            typed.add_error(None, wrong.messages)
        else:
            return redirect(form)
    counts = [(cells.BY_CODE[code].label, number) for code, number in cells.counts_of(line.activity).items()]
    context = {"form": form, "line": line, "typed": typed, "counts": counts}
    return page(request, "campaigns/line_correct.html", context)


@public(methods=("GET", "POST"))
def form_confirm(request, token):
    """Let a member confirm, by the link it got, what the secretariat typed in for it."""
    found = behalf.read(token)
    if found is None:
        return page(request, "campaigns/confirm_gone.html", status=404)
    form, person = found
    if request.user.is_authenticated and request.user != person:
        raise Http404  # the secretariat sees the outbox and must not confirm its own typing
    if request.method == "POST":
        form = actions.confirm(form, by=person)
    data = form.snapshots.order_by("-revision").first().data
    lines = [
        [
            (cells.BY_CODE[code].label, cells.shown(code, line[code]))
            for code in ("title", "starts_on", *cells.COUNTS)
        ]
        for line in data["lines"]
    ]
    questions = {question.code: question.label for question in form.round.questions.all()}
    answers = [(questions.get(code, code), text) for code, text in data["answers"].items() if text]
    context = {"form": form, "person": person, "lines": lines, "answers": answers}
    return page(request, "campaigns/form_confirm.html", context)
