"""The lists of duties, as coalition.lists shows, filters and exports them."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.lists.pages import Choices, Column, Day, Flag, ListPage, Related
from coalition.members import roles
from coalition.members.models import Organisation
from coalition.obligations import kinds, overview
from coalition.obligations.models import Obligation
from coalition.templatetags.portal import due, state

_TONES = {"done": "good", "excused": "quiet", "cancelled": "quiet"}


def state_of(duty):
    """Say how far a duty is: "overdue by 3 days", "done 12/04", "done 12/04, to be confirmed"."""
    if duty.state == Obligation.State.OPEN:
        return due(duty.due_on)
    if duty.needs_confirmation:
        return state(_("Done, to be confirmed"), "owed", duty.closed_at)
    return state(duty.get_state_display(), _TONES[duty.state], duty.closed_at)


def when(duty):
    """Return the due date, or the words of the deadline where there is none."""
    return duty.due_on or duty.due_words


def answers(duty):
    return str(duty.person) if duty.person else duty.get_role_display()


def _by_overdue(rows, values):
    today = timezone.localdate()
    late, wanted = Q(state=Obligation.State.OPEN, due_on__lt=today), Q(pk__in=[])
    for is_late in values:
        wanted |= late if is_late else ~Q(pk__in=Obligation.objects.overdue(today).values("pk"))
    return rows.filter(wanted)


_COLUMNS = [
    Column("title", gettext_lazy("What"), sort="sort_key", is_main=True),
    Column("org", gettext_lazy("Organisation"), "organisation", sort="organisation__sort_key"),
    Column("kind", gettext_lazy("Kind"), lambda row: kinds.get(row.kind).label, sort="kind"),
    Column("due", gettext_lazy("Due"), when, sort="due_on", is_sparse=True),
    Column("state", gettext_lazy("State"), "get_state_display", html=state_of, sort="state"),
    Column("role", gettext_lazy("Who answers for it"), answers, sort="role"),
    Column("source", gettext_lazy("From"), "source_label", is_shown=False),
    Column("priority", gettext_lazy("Priority"), "get_priority_display", sort="priority", is_shown=False),
    Column("closed", gettext_lazy("Closed"), "closed_at", sort="closed_at", is_sparse=True, is_shown=False),
    Column("proof", gettext_lazy("What was done"), "proof", is_shown=False),
]
_FILTERS = [
    Choices("state", gettext_lazy("State"), choices=Obligation.State.choices),
    Flag("late", gettext_lazy("Overdue"), narrow=_by_overdue),
    Choices("kind", gettext_lazy("Kind"), choices=kinds.choices),
    Choices("role", gettext_lazy("Who answers for it"), choices=roles.CHOICES),
    Choices("priority", gettext_lazy("Priority"), choices=Obligation.Priority.choices),
    Day("from", gettext_lazy("Due from"), "due_on__gte"),
    Day("to", gettext_lazy("Due until"), "due_on__lte"),
]

WHO_OWES_WHAT = ListPage(
    name="who-owes-what",
    title=gettext_lazy("Who owes what"),
    lead=gettext_lazy("Every duty of every organisation, and how far it is."),
    rows=lambda user: Obligation.objects.visible_to(user).select_related("organisation", "person"),
    columns=_COLUMNS,
    filters=[
        Related(
            "org",
            gettext_lazy("Organisation"),
            "organisation",
            rows=Organisation.objects.visible_to,
            key="code",
            is_typed=True,
        ),
        *_FILTERS,
        Flag("confirm", gettext_lazy("To be confirmed"), "needs_confirmation"),
    ],
    default_sort="due",
    default_query="state=open",
    empty_title=gettext_lazy("Nobody owes anything"),
    empty_text=gettext_lazy(
        "Follow-up actions of meetings, items of calls and quarterly forms will stand here."
    ),
    empty_action=(gettext_lazy("Open a duty"), "obligations:obligation_open", "owed.open"),
)

OUR_DUTIES = ListPage(
    name="our-duties",
    title=gettext_lazy("All our duties"),
    lead=gettext_lazy("What our organisation owed and owes, closed ones as well."),
    rows=lambda user: overview.own(user).select_related("organisation", "person"),
    columns=_COLUMNS,
    filters=_FILTERS,
    default_sort="-due",
    empty_title=gettext_lazy("Nothing was ever owed"),
    empty_text=gettext_lazy(
        "Follow-up actions of meetings, items of calls and quarterly forms will stand here."
    ),
)
