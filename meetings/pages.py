"""The lists of meetings and of follow-up actions, declared for coalition.lists."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.lists.columns import Column
from coalition.lists.filters import Chosen, Filter
from coalition.lists.pages import Choices, Day, Flag, ListPage, Related, Year
from coalition.members.models import Organisation
from coalition.obligations.models import Obligation
from coalition.reference.models import Pillar
from meetings.models import Call, CallDuty, FollowUpAction, Meeting, WorkingGroup


def _hours(meeting):
    begins, ends = meeting.activity.starts_at, meeting.activity.ends_at
    return "–".join(f"{hour:%H:%M}" for hour in (begins, ends) if hour)


def open_actions_of(meetings):
    """Return {meeting: number of open actions} for a page of meetings, in one statement."""
    found = (
        FollowUpAction.objects.open()
        .filter(point__meeting__in=[meeting.pk for meeting in meetings])
        .values_list("point__meeting")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return dict(found)


MEETINGS = ListPage(
    name="meetings",
    title=_("Meetings"),
    lead=_("What was agreed in each meeting, and which meeting comes next."),
    rows=lambda user: Meeting.objects.visible_to(user).for_list(),
    columns=[
        Column("date", _("Date"), "activity.starts_on", sort="activity__starts_on"),
        Column("title", _("Meeting"), "activity.title", sort="activity__sort_key", is_main=True),
        Column("group", _("Working group"), "group", sort="group__sort_key"),
        Column("hours", _("Hours"), _hours, is_shown=False),
        Column("host", _("Host"), "activity.lead", sort="activity__lead__sort_key"),
        Column("place", _("Place"), "activity.place", is_shown=False),
        Column("open", _("Open actions"), load=open_actions_of, is_number=True),
        Column("state", _("State"), "get_state_display", sort="state"),
    ],
    filters=[
        Related("group", _("Working group"), "group", rows=WorkingGroup.objects.visible_to),
        Choices("state", _("State"), choices=Meeting.State.choices),
        Year("year", _("Year"), "activity__starts_on"),
        Day("from", _("From"), "activity__starts_on__gte"),
        Day("to", _("Until"), "activity__starts_on__lte"),
    ],
    default_sort="-date",
    empty_title=_("No meeting yet"),
    empty_text=_("Plan the first one, or import the minutes of one that was held."),
    empty_action=(_("Plan a meeting"), "meetings:meeting_plan", "meeting.edit"),
)


class Mine(Filter):
    """What the person's own organisations owe: `?mine=yes`."""

    def read_one(self, raw, user):
        return Chosen(raw, user.organisation_ids, _("yes")) if raw == "yes" else None

    def apply_usual(self, queryset, values):
        return queryset.filter(obligation__organisation__in=values[0])

    def options(self, _user):
        return [("yes", _("yes"))]


def _by_overdue(rows, values):
    late = Q(obligation__state=Obligation.State.OPEN, obligation__due_on__lt=timezone.localdate())
    wanted = Q(pk__in=[])
    for is_late in values:
        wanted |= late if is_late else ~late
    return rows.filter(wanted)


def _tone(follow_up):
    return "row-overdue" if follow_up.obligation.is_overdue(timezone.localdate()) else ""


ACTIONS = ListPage(
    name="follow_up_actions",
    title=_("Follow-up actions"),
    lead=_("What meetings agreed should be done, who does it, and by when."),
    rows=lambda user: FollowUpAction.objects.visible_to(user).for_list(),
    columns=[
        Column("due", _("Due"), "obligation.due_on", sort="obligation__due_on"),
        Column(
            "what",
            _("What"),
            "obligation.title",
            sort="obligation__sort_key",
            is_main=True,
            link=lambda row: row.point.get_absolute_url(),
        ),
        Column(
            "org", _("Organisation"), "obligation.organisation", sort="obligation__organisation__sort_key"
        ),
        Column("person", _("Person"), "person_words"),
        Column("words", _("Deadline as written"), "obligation.due_words", is_shown=False),
        Column("pillar", _("Pillar"), "point.item.pillar", is_shown=False),
        Column("meeting", _("Meeting"), "point.meeting", sort="point__meeting__activity__starts_on"),
        Column("state", _("State"), "obligation.get_state_display", sort="obligation__state"),
        Column("done", _("What was done"), "obligation.proof", is_shown=False),
    ],
    filters=[
        Choices("state", _("State"), "obligation__state", choices=Obligation.State.choices),
        Related(
            "org",
            _("Organisation"),
            "obligation__organisation",
            rows=Organisation.objects.visible_to,
            is_typed=True,
        ),
        Related(
            "group",
            _("Working group"),
            "point__meeting__group",
            rows=WorkingGroup.objects.visible_to,
        ),
        Related(
            "pillar",
            _("Pillar"),
            "point__item__pillar",
            key="code",
            rows=lambda _user: Pillar.objects.order_by("number"),
        ),
        Flag("late", _("Overdue"), narrow=_by_overdue),
        Mine("mine", _("Only ours")),
        Day("before", _("Due until"), "obligation__due_on__lte"),
        Day("from", _("Due from"), "obligation__due_on__gte"),
        Year("year", _("Year of the meeting"), "point__meeting__activity__starts_on"),
    ],
    default_sort="due",
    default_query="state=open",
    row_tone=_tone,
    empty_title=_("No follow-up action yet"),
    empty_text=_("They come from the right column of minutes."),
    empty_action=(_("Plan a meeting"), "meetings:meeting_plan", "meeting.edit"),
)


def _progress_of(calls):
    """Return {call: "12/28"}: how many of those asked have met it, in one statement."""
    found = (
        CallDuty.objects.filter(call__in=[call.pk for call in calls])
        .values("call")
        .annotate(asked=Count("pk"), met=Count("pk", filter=~Q(obligation__state=Obligation.State.OPEN)))
        .order_by()
    )
    return {row["call"]: f"{row['met']}/{row['asked']}" for row in found}


CALLS = ListPage(
    name="calls",
    title=_("Calls to members"),
    lead=_("What members are asked to send in, and how far they are."),
    rows=lambda user: Call.objects.visible_to(user).for_list(),
    columns=[
        Column("title", _("What is asked for"), sort="sort_key", is_main=True),
        Column("closes", _("Answers until"), "closes_on", sort="closes_on"),
        Column("met", _("Answered"), load=_progress_of, is_number=True),
        Column("state", _("State"), "get_state_display", sort="state"),
        Column("group", _("Working group"), "group", is_shown=False),
    ],
    filters=[
        Choices("state", _("State"), choices=Call.State.choices),
        Choices("purpose", _("What becomes of it"), choices=Call.Purpose.choices),
        Year("year", _("Year"), "closes_on"),
    ],
    default_sort="-closes",
    empty_title=_("No call yet"),
    empty_text=_("Ask every member for a topic, an idea or a document; the ledger shows who still owes it."),
    empty_action=(_("Write a call"), "meetings:call_new", "meeting.edit"),
)
