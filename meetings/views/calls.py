"""Calls to members: the list, one call with its roster, answers, the vote."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from coalition.http import allow, page
from coalition.lists.pages import answer as answer_list
from meetings import actions, call_forms, pages
from meetings.actions.calls import ranked
from meetings.models import Answer, Call, CallDuty, Meeting


def _seen(request, public_id):
    found = Call.objects.visible_to(request.user).select_related("group", "result__meeting__activity")
    return get_object_or_404(found, public_id=public_id)


def _editable(request, public_id):
    return get_object_or_404(Call.objects.editable_by(request.user), public_id=public_id)


@allow("meeting.see", methods=("GET",))
def call_list(request):
    """Show the calls to members."""
    return answer_list(request, pages.CALLS, template="meetings/call_list.html")


@allow("meeting.see", methods=("GET",))
def call_page(request, public_id):
    """Show a call: our answers and the form for one more, the vote, and who has answered."""
    call, user, today = _seen(request, public_id), request.user, timezone.localdate()
    answers = (
        list(ranked(call))
        if call.state in (Call.State.VOTING, Call.State.CLOSED) or user.is_secretariat
        else []
    )
    mine, roster = set(user.organisation_ids), _roster(call)
    if not user.is_secretariat and any(
        row["duty"].organisation_id in mine and not row["seen_at"] for row in roster
    ):
        actions.note_seen(call, by=user)
    return page(request, "meetings/call_page.html", {
        "call": call, "today": today, "answers": answers, "roster": roster,
        "own": list(call.answers.filter(organisation__in=mine).select_related("organisation", "file").order_by("pk")),
        "form": _form(request, call, today),
        "our_vote": call.votes.filter(organisation__in=mine).values_list("answer", flat=True).first(),
        "may_submit": bool(user.filing_organisation_ids) and user.has_right("call.submit"),
        "names_shown": call.purpose != Call.Purpose.IDEAS or call.state == Call.State.CLOSED,
        "meetings": _coming(call, user, today),
    })  # fmt: skip


def _coming(call, user, today):
    """Return the planned meetings that topics may be scheduled into, for those who plan them."""
    if call.purpose != Call.Purpose.TOPICS or not user.has_right("meeting.edit"):
        return []
    found = Meeting.objects.visible_to(user).filter(
        state=Meeting.State.PLANNED, activity__starts_on__gte=today
    )
    if call.group_id:
        found = found.filter(group=call.group_id)
    return list(found.select_related("activity").order_by("activity__starts_on", "pk")[:12])


def _form(request, call, today, data=None, files=None, instance=None):
    if call.state != Call.State.OPEN or not request.user.has_right("call.answer"):
        return None
    return call_forms.AnswerForm(data, files, instance=instance, call=call, user=request.user, today=today)


def _roster(call):
    """Return for each organisation asked: its duty, how many answers are drafts and how many were sent in."""
    counted = {
        row["organisation"]: row
        for row in call.answers.filter(archived_at=None)
        .values("organisation")
        .annotate(
            drafts=Count("pk", filter=Q(state=Answer.State.DRAFT)),
            sent=Count("pk", filter=Q(state=Answer.State.SUBMITTED)),
        )
        .order_by()
    }
    duties = CallDuty.objects.filter(call=call).select_related("obligation__organisation")
    none = {"drafts": 0, "sent": 0}
    return [
        {
            "duty": each.obligation,
            "seen_at": each.seen_at,
            **counted.get(each.obligation.organisation_id, none),
        }
        for each in duties.order_by("obligation__organisation__sort_key")
    ]


@allow("meeting.edit")
def call_new(request):
    """Write a call."""
    form = call_forms.CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save(by=request.user))
    return page(request, "meetings/call_form.html", {"form": form})


@allow("meeting.edit")
def call_edit(request, public_id):
    """Change a call that is still being written, or its words."""
    call = _editable(request, public_id)
    form = call_forms.CallForm(request.POST or None, instance=call)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save(by=request.user))
    return page(request, "meetings/call_form.html", {"form": form, "call": call})


@allow("meeting.edit", methods=("POST",))
def call_step(request, public_id):
    """Open the call, begin the vote, or close it."""
    call, today = _editable(request, public_id), timezone.localdate()
    try:
        match request.POST.get("step"):
            case "open":
                actions.open_call(call, by=request.user, today=today)
            case "vote":
                actions.begin_vote(call, by=request.user)
            case "close":
                actions.end_call(call, by=request.user, today=today)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(call)


@allow("call.answer", methods=("POST",))
def answer_save(request, public_id):
    """Keep an answer as a draft, or send it in where the person answers for the organisation."""
    call, today = _seen(request, public_id), timezone.localdate()
    wanted = request.POST.get("answer")
    mine = Answer.objects.editable_by(request.user).filter(call=call)
    instance = get_object_or_404(mine, public_id=wanted) if wanted else None
    form = _form(request, call, today, request.POST, request.FILES, instance)
    if form is None:
        return redirect(call)
    if form.is_valid():
        saved = form.save(by=request.user)
        if request.POST.get("send") and request.user.has_right("call.submit"):
            return _send(request, saved, today)
        return redirect(f"{call.get_absolute_url()}#own")
    return page(
        request, "meetings/answer_edit.html", {"call": call, "form": form, "answer": instance}, status=422
    )


@allow("call.submit", methods=("POST",))
def answer_submit(request, public_id):
    """Send in an answer that was kept as a draft."""
    found = Answer.objects.editable_by(request.user).filter(
        organisation__in=request.user.filing_organisation_ids
    )
    if request.user.is_secretariat:
        found = Answer.objects.editable_by(request.user)
    return _send(
        request, get_object_or_404(found.select_related("call"), public_id=public_id), timezone.localdate()
    )


@allow("meeting.edit", methods=("POST",))
def session_schedule(request, public_id):
    """Give a topic an hour of a planned meeting."""
    answer = get_object_or_404(
        Answer.objects.visible_to(request.user).select_related("call"), public_id=public_id
    )
    planned = Meeting.objects.editable_by(request.user).select_related("activity")
    meeting = get_object_or_404(planned, activity__public_id=request.POST.get("meeting", ""))
    try:
        actions.schedule_session(answer, meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{answer.call.get_absolute_url()}#answers")


def _send(request, answer, today):
    try:
        actions.submit_answer(answer, by=request.user, today=today)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{answer.call.get_absolute_url()}#own")


@allow("call.submit", methods=("POST",))
def vote_give(request, public_id):
    """Give our organisation's one vote to an idea."""
    answer = get_object_or_404(
        Answer.objects.visible_to(request.user).select_related("call"), public_id=public_id
    )
    asked = CallDuty.objects.filter(
        call=answer.call, obligation__organisation__in=request.user.filing_organisation_ids
    )
    duty = get_object_or_404(asked.select_related("obligation__organisation").order_by("pk")[:1])
    try:
        actions.vote(answer, organisation=duty.obligation.organisation, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{answer.call.get_absolute_url()}#answers")
