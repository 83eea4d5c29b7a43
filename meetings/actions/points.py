"""Actions of the minutes and the duties they put on the ledger: one for each organisation that is named."""

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from coalition.obligations import actions as ledger
from coalition.obligations.models import Obligation
from meetings.models import ActionPoint, FollowUpAction


def add_point(meeting, *, by=None, **row):
    """Write one action into the right column and return it; see `add_points` for what a row holds."""
    return add_points(meeting, [row], by=by)[0]


@transaction.atomic
def add_points(meeting, rows, *, by=None):
    """Write actions into the right column and open a duty for each organisation, in a few statements.

    A row has text and perhaps item, organisations, is_for_every_member, parts (see `assign`), person_words,
    due_words, due_on, not_before, priority, import_key. Returns the points in order.
    """
    last = meeting.points.order_by("-order").values_list("order", flat=True).first() or 0
    points, owners = [], []
    for place, row in enumerate(rows, 1):
        fields = dict(row)
        owners.append((fields.pop("organisations", ()), fields.pop("parts", ())))
        point = ActionPoint(meeting=meeting, order=last + 10 * place, created_by=by, **fields)
        for name in ("text", "person_words", "due_words"):
            setattr(point, name, getattr(point, name)[: ActionPoint._meta.get_field(name).max_length])
        point.fill_columns()
        points.append(point)
    points = bulk_create_with_history(points, ActionPoint, default_user=by) if points else []
    everybody = list(meeting.invited()) if any(point.is_for_every_member for point in points) else []
    wanted = []
    for point, (organisations, parts) in zip(points, owners, strict=True):
        meant = {
            each.pk: each for each in [*organisations, *(everybody if point.is_for_every_member else ())]
        }
        own = {each.pk: (person, due_on, not_before) for each, person, due_on, not_before in parts}
        wanted += [(point, each, own.get(each.pk)) for each in meant.values()]
    _open(wanted, by)
    return points


@transaction.atomic
def change_point(point, *, organisations, by):
    """Save a point that was edited and bring its duties into line with it."""
    point.save()
    assign(point, organisations=organisations, by=by)
    return point


@transaction.atomic
def assign(point, *, organisations, by=None, parts=()):
    """Let exactly these organisations owe the point: open what is missing, take back what is open and no longer meant.

    `parts` give some of them a part of their own: (organisation, person, due_on, not_before). Called twice
    with the same organisations it changes nothing.
    """
    wanted = {organisation.pk: organisation for organisation in organisations}
    if point.is_for_every_member:
        wanted |= {organisation.pk: organisation for organisation in point.meeting.invited()}
    own = {
        organisation.pk: (person, due_on, not_before) for organisation, person, due_on, not_before in parts
    }
    existing = {
        follow_up.obligation.organisation_id: follow_up
        for follow_up in point.follow_ups.select_related("obligation").exclude(
            obligation__state=Obligation.State.CANCELLED
        )
    }
    for pk, follow_up in existing.items():
        if pk not in wanted:
            _take_back(follow_up.obligation, by)
        else:
            _bring_into_line(follow_up.obligation, point, own.get(pk), by)
    _open([(point, wanted[pk], own.get(pk)) for pk in wanted if pk not in existing], by)


def _open(wanted, by):
    """Open a duty for each (point, organisation, part of its own or None), in one go."""
    rows, persons = [], []
    for point, organisation, own in wanted:
        person, due_on, not_before = own or (point.person_words, point.due_on, point.not_before)
        persons.append(person)
        rows.append({
            "kind": "follow_up", "organisation": organisation, "title": point.text, "due_on": due_on,
            "not_before": not_before, "due_words": point.due_words, "priority": point.priority,
            "source_path": point.get_absolute_url(), "source_label": str(point.meeting)[:300],
        })  # fmt: skip
    duties = ledger.open_duties(rows, by=by) if rows else []
    FollowUpAction.objects.bulk_create(
        FollowUpAction(obligation=duty, point=point, person_words=person[:200])
        for duty, (point, _organisation, _own), person in zip(duties, wanted, persons, strict=True)
    )


def _take_back(duty, by):
    if duty.state == Obligation.State.OPEN:
        ledger.cancel(duty, by=by, reason=_("The minutes were corrected: this organisation is not meant."))


def _bring_into_line(duty, point, own, by):
    """Let an open duty say what the point says now; a new date goes into its history."""
    if duty.state != Obligation.State.OPEN:
        return
    _person, due_on, not_before = own or ("", point.due_on, point.not_before)
    if due_on != duty.due_on:
        duty = ledger.move(duty, due_on=due_on, reason=_("The minutes were corrected."), by=by)
    said = (point.text[:500], point.due_words, point.priority, not_before)
    if said != (duty.title, duty.due_words, duty.priority, duty.not_before):
        duty.title, duty.due_words, duty.priority, duty.not_before = said
        duty.save()


@transaction.atomic
def remove_point(point, *, by):
    """Take an action out of the minutes: open duties are cancelled, what was done stays."""
    for follow_up in point.follow_ups.select_related("obligation"):
        _take_back(follow_up.obligation, by)
    point.archive()
