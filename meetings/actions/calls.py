"""The life of a call: opened to every member, answered, voted on, closed with its result on the next agenda."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.members.models import Organisation
from coalition.obligations import actions as ledger
from coalition.obligations.models import Obligation
from meetings.models import AgendaItem, Answer, Call, CallDuty, Meeting, Vote, WaitingMatter


@transaction.atomic
def open_call(call, *, by, today, organisations=None):
    """Open the call: each organisation asked owes its answers. Twice opens no second duty; later members join.

    `organisations` are those asked; without, those chosen in the call, else the members of its group, or of
    the coalition, today.
    """
    call = _locked(call)
    if call.state not in (Call.State.DRAFT, Call.State.OPEN):
        raise ValidationError(_("This call is closed."))
    if organisations is None:
        organisations = list(_asked(call, today))
    asked = set(call.duties.values_list("obligation__organisation", flat=True))
    rows = [
        {
            "kind": "call", "organisation": organisation, "title": call.title, "due_on": call.closes_on,
            "source_path": call.get_absolute_url(), "source_label": _("Call to members"),
        }
        for organisation in organisations if organisation.pk not in asked
    ]  # fmt: skip
    duties = ledger.open_duties(rows, by=by) if rows else []
    CallDuty.objects.bulk_create(CallDuty(obligation=duty, call=call) for duty in duties)
    if call.state == Call.State.DRAFT:
        call.state, call.opened_at = Call.State.OPEN, timezone.now()
        call.save()
    return call


def _asked(call, today):
    chosen = call.asked.in_order()
    if chosen:
        return chosen
    return call.group.members_on(today) if call.group else Organisation.objects.members_on(today)


def note_seen(call, *, by):
    """Note that an organisation which was asked has opened the call; later visits change nothing."""
    theirs = call.duties.filter(seen_at=None, obligation__organisation__in=by.organisation_ids)
    theirs.update(seen_at=timezone.now())


@transaction.atomic
def submit_answer(answer, *, by, today):
    """Send an answer in; with the last one that was asked for, the duty closes. Late ones say why."""
    answer = Answer.objects.select_for_update(of=("self",)).select_related("call").get(pk=answer.pk)
    if answer.state == Answer.State.SUBMITTED:
        return answer
    if answer.call.state != Call.State.OPEN:
        raise ValidationError(_("This call takes no answers any more."))
    duty = _duty_of(answer)
    due_on = duty.due_on if duty else answer.call.closes_on
    if due_on and today > due_on and not answer.late_reason.strip():
        raise ValidationError({"late_reason": _("The day for answers has passed: say why it comes late.")})
    answer.state, answer.submitted_at = Answer.State.SUBMITTED, timezone.now()
    answer.save()
    sent = answer.call.answers.submitted().filter(organisation=answer.organisation).count()
    if duty and sent >= answer.call.items_wanted and duty.state == Obligation.State.OPEN:
        ledger.close(duty, by=by, proof=answer.text)
    return answer


def _duty_of(answer):
    found = Obligation.objects.filter(call_duty__call=answer.call, organisation=answer.organisation)
    return found.exclude(state=Obligation.State.CANCELLED).first()


@transaction.atomic
def begin_vote(call, *, by):
    """Let members vote on the ideas that were sent in; no more answers are taken."""
    call = _locked(call)
    if call.purpose != Call.Purpose.IDEAS or call.state not in (Call.State.OPEN, Call.State.VOTING):
        raise ValidationError(_("Only ideas of an open call are voted on."))
    if not call.answers.submitted().exists():
        raise ValidationError(_("Nothing was sent in yet."))
    if call.state == Call.State.OPEN:
        call.state = Call.State.VOTING
        call.save()
    return call


@transaction.atomic
def vote(answer, *, organisation, by):
    """Give the organisation's one vote; voting again moves it."""
    call = _locked(answer.call)
    if call.state != Call.State.VOTING or answer.state != Answer.State.SUBMITTED:
        raise ValidationError(_("There is no vote at the moment."))
    given, _made = Vote.objects.update_or_create(
        call=call, organisation=organisation, defaults={"answer": answer, "by": by}
    )
    return given


def ranked(call):
    """Return the answers that were sent in, the most voted first, each with `points`.

    While ideas are voted on, their order tells neither the count nor, by the alphabet, whose they are.
    """
    answers = (
        call.answers.submitted()
        .select_related("organisation", "file", "session__meeting__activity")
        .annotate(points=Count("votes"))
    )
    if call.purpose == Call.Purpose.IDEAS and call.state != Call.State.CLOSED:
        return answers.order_by("public_id")
    return answers.order_by("-points", "organisation__sort_key", "pk")


@transaction.atomic
def end_call(call, *, by, today):
    """Close the call; its result goes onto the agenda of the group's next meeting. Open duties stay owed."""
    call = _locked(call)
    if call.state == Call.State.CLOSED:
        return call
    if call.state == Call.State.DRAFT:
        raise ValidationError(_("The call was never opened."))
    call.state = Call.State.CLOSED
    call.result = _onto_agenda(call, by, today)
    call.save()
    return call


def _onto_agenda(call, by, today):
    """Write the result onto the next planned meeting's agenda; where none is planned it waits for one."""
    meeting = (
        Meeting.objects.filter(
            group=call.group,
            state=Meeting.State.PLANNED,
            activity__starts_on__gte=today,
            activity__archived_at=None,
        )
        .order_by("activity__starts_on", "pk")
        .first()
    )
    answers = list(ranked(call))
    if not answers:
        return None
    said = {
        "title": call.title[:300],
        "content": "\n".join(f"- {_line(call, answer)}" for answer in answers),
        "created_by": by,
    }
    if meeting is None:
        WaitingMatter(group=call.group, **said).save()
        return None
    last = meeting.items.order_by("-order").values_list("order", flat=True).first() or 0
    item = AgendaItem(meeting=meeting, order=last + 10, **said)
    item.save()
    return item


def _line(call, answer):
    """Say an answer in one line: its month and choice, who sent it, and how many votes it has."""
    details = [f"{answer.month:%m/%Y}" if answer.month else "", answer.choice, str(answer.organisation)]
    if call.purpose == Call.Purpose.IDEAS:
        details.append(_("votes: %(number)s") % {"number": answer.points})
    return f"{answer.text} ({', '.join(filter(None, details))})"


def _locked(call):
    return Call.objects.select_for_update(of=("self",)).select_related("group").get(pk=call.pk)
