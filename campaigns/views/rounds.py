"""Rounds: ask the members about a quarter, today or on a day to come, and change dates and questions."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import actions
from campaigns.forms import QuestionFormSet, RoundDatesForm, RoundForm
from campaigns.models import Campaign, ReportingRound
from coalition.dates import Quarter
from coalition.http import allow, page


@allow("round.open")
def round_new(request):
    """Ask every member as of the opening day about a quarter."""
    today = timezone.localdate()
    before = Quarter.of(today).previous()
    due_on, grace_until = actions.suggest_dates(before, today)
    typed = RoundForm(
        request.POST or None,
        today=today,
        initial={
            "campaign": Campaign.objects.filter(asks_for_forms=True).order_by("-starts_on", "pk").first(),
            "year": before.year,
            "quarter": before.number,
            "opens_on": today,
            "due_on": due_on,
            "grace_until": grace_until,
        },
    )
    if request.method == "POST" and typed.is_valid():
        opened, issued = actions.open_round(by=request.user, today=today, **typed.cleaned_data)
        messages.info(request, _what_was_done(opened, issued, today))
        return redirect(opened)
    return page(request, "campaigns/round_new.html", {"typed": typed}, status=422 if typed.is_bound else None)


def _what_was_done(opened, issued, today):
    if opened.opens_on > today:
        return _("Prepared. The forms go out on the day on which the quarter opens.")
    words = ngettext(
        "%(number)s organisation is asked for its form.",
        "%(number)s organisations are asked for their forms.",
        issued,
    )
    return words % {"number": issued}


@allow("round.open")
def round_edit(request, public_id):
    """Change dates, instructions and questions of a round; a prepared one also in the day on which it opens."""
    opened = get_object_or_404(ReportingRound.objects.editable_by(request.user), public_id=public_id)
    due_before, is_issued = opened.due_on, opened.forms.exists()
    typed = RoundDatesForm(request.POST or None, instance=opened, is_issued=is_issued)
    questions = QuestionFormSet(
        request.POST or None,
        instance=opened,
        prefix="questions",
        queryset=opened.questions.order_by("order", "pk"),
    )
    if request.method == "POST" and typed.is_valid() and questions.is_valid():
        with transaction.atomic():
            typed.save(by=request.user)
            questions.save()
            if is_issued and opened.due_on != due_before:
                reason = typed.cleaned_data["reason"]
                actions.move_due(opened, due_before=due_before, reason=reason, by=request.user)
            elif not is_issued and opened.opens_on <= timezone.localdate():
                actions.issue(opened, by=request.user)
        return redirect(opened)
    context = {"round": opened, "typed": typed, "questions": questions}
    return page(request, "campaigns/round_edit.html", context, status=422 if typed.is_bound else None)
