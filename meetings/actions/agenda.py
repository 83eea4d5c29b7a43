"""What stands on an agenda: the pillars of the group's plan, what waited for the meeting, sessions of members."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from coalition.reference.models import Pillar
from meetings.models import AgendaItem, Answer, Call, Meeting, WaitingMatter

SESSION = 60  # minutes of a sharing session, questions and answers included


def pillars_of(group):
    """Return the pillars of the group's plan, else those of the whole coalition."""
    if group is None:
        return list(Pillar.objects.filter(is_general=True).order_by("number"))
    is_own = Exists(group.pillars.filter(pk=OuterRef("pk")))
    known = Pillar.objects.annotate(is_own=is_own).filter(Q(is_own=True) | Q(is_general=True))
    known = list(known.order_by("number", "pk"))
    return [pillar for pillar in known if pillar.is_own] or known


@transaction.atomic
def prepare(meeting, *, by=None):
    """Give a new meeting its agenda: the pillars, then whatever waits for the group's next meeting."""
    for order, pillar in enumerate(pillars_of(meeting.group), 1):
        AgendaItem(
            meeting=meeting, order=order * 10, number=str(order), title=pillar.name_vi, pillar=pillar, created_by=by
        ).save()  # fmt: skip
    take_up(meeting, by=by)


@transaction.atomic
def take_up(meeting, *, by=None):
    """Put everything that waits for the group onto the agenda of a planned meeting; return the new items.

    Twice is once: what is taken up waits no longer.
    """
    if meeting.state != Meeting.State.PLANNED:
        raise ValidationError(_("Only a meeting that is still planned takes up what waits."))
    waiting = WaitingMatter.objects.waiting().filter(group=meeting.group)
    made = []
    for matter in waiting.select_for_update(of=("self",)).order_by("created_at", "pk"):
        item = AgendaItem(
            meeting=meeting, order=_last(meeting) + 10, title=matter.title, content=matter.content,
            pillar=matter.pillar, created_by=by,
        )  # fmt: skip
        item.save()
        matter.taken_up = item
        matter.save()
        made.append(item)
    return made


@transaction.atomic
def put_back(item, *, by):
    """Take a matter off the agenda; it waits for the group's next meeting with what was written."""
    matter = WaitingMatter(
        group=item.meeting.group, title=item.title, content=item.content, pillar=item.pillar, created_by=by
    )
    matter.save()
    item.archive()
    return matter


@transaction.atomic
def schedule_session(answer, meeting, *, by):
    """Give a topic that was sent in an hour of a planned meeting; choosing another meeting moves it there."""
    answer = (
        Answer.objects.select_for_update(of=("self",)).select_related("call", "session").get(pk=answer.pk)
    )
    if answer.call.purpose != Call.Purpose.TOPICS or answer.state != Answer.State.SUBMITTED:
        raise ValidationError(_("Only a topic that was sent in becomes a session."))
    if meeting.state != Meeting.State.PLANNED:
        raise ValidationError(_("A session is put into a meeting that is still planned."))
    if answer.session and answer.session.meeting_id == meeting.pk and not answer.session.archived_at:
        return answer.session
    if answer.session and not answer.session.archived_at:
        answer.session.archive()
    title = _("Sharing: %(topic)s (%(organisation)s)") % {
        "topic": answer.text, "organisation": answer.organisation,
    }  # fmt: skip
    item = AgendaItem(
        meeting=meeting, order=_last(meeting) + 10, title=title[:300], minutes=SESSION, created_by=by
    )
    item.save()
    answer.session = item
    answer.save()
    return item


def _last(meeting):
    return meeting.items.order_by("-order").values_list("order", flat=True).first() or 0
