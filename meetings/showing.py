"""What other pages show of meetings: the next ones on the home page, dots on the ribbon, hits of the search."""

from django.db.models import Q

from coalition.lists.search import Hit
from coalition.ribbon import Dot
from meetings import calendars
from meetings.models import Meeting
from projects.models import Activity

SHOWN = 3
MAY_BE_HELD = (Activity.State.PLANNED, Activity.State.HELD)


def coming_meetings(user, today):
    """Return the next meetings for the home page, or None for those who see none."""
    if not user.has_right("meeting.see"):
        return None
    planned = [
        meeting
        for meeting in _meetings(user, today.year)
        if meeting.activity.starts_on >= today and meeting.activity.state == Activity.State.PLANNED
    ]
    return {"meetings": planned[:SHOWN], "today": today}


def _meetings(user, year):
    """Return the meetings of a year and those planned after it, read once for all parts of a page."""
    if getattr(user, "_meetings_shown", (None, None))[0] != year:
        of_the_year = Q(activity__starts_on__year=year, activity__state__in=MAY_BE_HELD)
        later = Q(activity__starts_on__year__gt=year, activity__state=Activity.State.PLANNED)
        found = Meeting.objects.visible_to(user).filter(of_the_year | later).for_list()
        user._meetings_shown = (year, list(found.order_by("activity__starts_on", "pk")))
    return user._meetings_shown[1]


def dots(user, year):
    """Yield the meetings of a year for the ribbon."""
    if not user.has_right("meeting.see"):
        return
    for meeting in _meetings(user, year):
        yield Dot(meeting.activity.starts_on, "meeting", meeting.activity.title, meeting.get_absolute_url())


def calendar_entries(organisation_ids, since):
    """Return the meetings that organisations are invited to, for the calendar feeds."""
    if not organisation_ids:
        return []
    found = (
        Meeting.objects.filter(
            activity__is_shared=True, activity__archived_at=None, activity__starts_on__gte=since
        )
        .filter(Q(group=None) | Q(group__members=None) | Q(group__members__in=organisation_ids))
        .select_related("activity")
        .distinct()
        .order_by("activity__starts_on", "pk")
    )
    return calendars.calendar(found).subcomponents


def find_meetings(user, query, limit):
    """Return the meetings the search finds, newest first."""
    if not user.has_right("meeting.see"):
        return []
    found = Meeting.objects.visible_to(user).search(query).for_list().order_by("-activity__starts_on", "pk")
    return [
        Hit(str(meeting), meeting.get_absolute_url(), f"{meeting.activity.starts_on:%d/%m/%Y}")
        for meeting in found[:limit]
    ]
