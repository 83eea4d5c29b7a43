"""Rounds and the coordinator's board: open a quarter, see who owes, nudge, accept, export, sum up."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import ngettext

from campaigns import actions, boards, exports
from campaigns.forms import QuestionFormSet, RoundDatesForm, RoundForm
from campaigns.models import Campaign, QuarterlyForm, ReportingRound
from campaigns.views.loading import whole_number
from coalition.dates import Quarter
from coalition.http import allow, download, page
from coalition.obligations.models import Obligation
from coalition.records import new_client_uuid
from coalition.text import slug

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow("round.open")
def round_new(request):
    """Open a quarter: every member as of today is asked for its form."""
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
            "due_on": due_on,
            "grace_until": grace_until,
        },
    )
    if request.method == "POST" and typed.is_valid():
        asked = typed.cleaned_data
        fields = (
            "campaign",
            "year",
            "quarter",
            "due_on",
            "grace_until",
            "instructions_vi",
            "instructions_en",
        )
        opened, issued = actions.open_round(
            by=request.user, today=today, **{name: asked[name] for name in fields}
        )
        words = ngettext(
            "%(number)s organisation is asked for its form.",
            "%(number)s organisations are asked for their forms.",
            issued,
        )
        messages.info(request, words % {"number": issued})
        return redirect(opened)
    return page(request, "campaigns/round_new.html", {"typed": typed})


@allow("owed.by", methods=("GET",))
def round_page(request, public_id):
    """Show who has filed and who has not, with one button to nudge and one to accept."""
    opened = _round(request, public_id)
    today = timezone.localdate()
    forms = boards.rows_of_round(opened, today)
    context = {
        "round": opened,
        "forms": forms,
        "today": today,
        "owing": sum(form.obligation.state == Obligation.State.OPEN for form in forms),
        "waiting": sum(form.state == QuarterlyForm.State.SUBMITTED for form in forms),
        "received": sum(not form.is_open for form in forms),
        "client_uuid": new_client_uuid(),
    }
    return page(request, "campaigns/round_page.html", context)


@allow("round.open")
def round_edit(request, public_id):
    """Change dates, instructions and questions of a round."""
    opened = get_object_or_404(ReportingRound.objects.editable_by(request.user), public_id=public_id)
    due_before = opened.due_on
    typed = RoundDatesForm(request.POST or None, instance=opened)
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
            if opened.due_on != due_before:
                reason = typed.cleaned_data["reason"]
                actions.move_due(opened, due_before=due_before, reason=reason, by=request.user)
        return redirect(opened)
    context = {"round": opened, "typed": typed, "questions": questions}
    return page(request, "campaigns/round_edit.html", context, status=422 if typed.is_bound else None)


def _round(request, public_id):
    found = ReportingRound.objects.visible_to(request.user).select_related("campaign", "edition")
    return get_object_or_404(found, public_id=public_id)


@allow("owed.nudge", methods=("POST",))
def round_nudge(request, public_id):
    """Remind the ticked organisations, or all that still owe, of their form."""
    opened = _round(request, public_id)
    ticked = request.POST.getlist("organisation")
    owing = boards.still_owing(opened, ticked or None)
    now = timezone.now()
    told = actions.nudge(
        owing,
        by=request.user,
        note=request.POST.get("note", "")[:300],
        now=now,
        today=timezone.localdate(),
        key=request.POST.get("client_uuid", "")[:40] or f"{opened.public_id}-{now:%Y%m%d%H%M}",
    )
    messages.info(
        request,
        ngettext("%(number)s person is reminded.", "%(number)s people are reminded.", told)
        % {"number": told},
    )
    return redirect(opened)


@allow("form.review", methods=("POST",))
def round_accept(request, public_id):
    """Accept the ticked forms that wait for it, each if it is still the submission that was shown."""
    opened = _round(request, public_id)
    ticked = {}
    for value in request.POST.getlist("form"):
        form_id, _dot, revision = value.partition(".")
        ticked[form_id] = whole_number(revision)
    forms = opened.forms.filter(public_id__in=ticked)
    accepted = actions.accept_many(
        [form for form in forms if form.revision == ticked[form.public_id]], by=request.user
    )
    messages.info(
        request,
        ngettext("%(number)s form accepted.", "%(number)s forms accepted.", accepted) % {"number": accepted},
    )
    return redirect(opened)


@allow("form.see", methods=("GET",))
def round_summary(request, public_id):
    """Sum up what members reported in a quarter; made to be printed."""
    opened = _round(request, public_id)
    visible = opened.forms.visible_to(request.user)
    context = {"round": opened, **boards.summary(opened, request.user), "mine": visible.first()}
    return page(request, "campaigns/round_summary.html", context)


@allow("owed.by", methods=("GET",))
def round_export(request, public_id):
    """Give the quarter as a workbook: one sheet a row an activity, one a row an organisation."""
    opened = _round(request, public_id)
    name = f"{slug(opened.campaign.code)}-{opened.period.code}.xlsx"
    return download(exports.workbook(opened, timezone.localdate()), name, XLSX)


@allow("owed.by", methods=("GET",))
def campaign_board(request, public_id):
    """Show members × quarters of one year of a campaign as a heat map of words."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), public_id=public_id)
    years = boards.years_of(campaign)
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted in {str(known) for known in years} else (years[0] if years else None)
    today = timezone.localdate()
    context = {
        "campaign": campaign,
        "years": years,
        "year": year,
        "board": boards.board(campaign, year, today) if year else None,
    }
    return page(request, "campaigns/campaign_board.html", context)
