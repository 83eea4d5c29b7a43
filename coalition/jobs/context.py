"""What every page tells coordinators of the clock: nothing while it runs."""

from datetime import timedelta

from django.db.models import Subquery
from django.utils import timezone

from coalition.jobs.models import Heartbeat

PATIENCE = timedelta(hours=1)


def clocks():
    """Return the expression that reads the clock along with a person's roles (coalition.members.asking).

    Of the two hands, beat and the reminder run, the one that struck longer ago: the other cannot excuse it.
    """
    struck = Heartbeat.objects.filter(name__in=("beat", "reminders")).order_by("at", "pk")
    return {"clock_at": Subquery(struck.values("at")[:1])}


def clock(request):
    """Return `clock_stopped` for coordinators: when the clock last struck, if that is too long ago.

    A clock that never struck has not stopped: the portal has just been set up.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.has_right("owed.rules"):
        return {"clock_stopped": None}
    struck = user.current_memberships[0].clock_at
    is_late = struck is not None and timezone.now() - struck > PATIENCE
    return {"clock_stopped": struck if is_late else None}
