"""What every page tells coordinators of the clock: nothing while it runs."""

from datetime import timedelta

from django.db.models import Subquery
from django.utils import timezone

from coalition.jobs.models import Heartbeat

PATIENCE = timedelta(hours=1)


def clocks():
    """Return the expressions that read the clocks along with a person's roles (coalition.members.asking)."""
    struck = {name: Heartbeat.objects.filter(name=name).values("at")[:1] for name in ("beat", "reminders")}
    return {f"{name}_at": Subquery(at) for name, at in struck.items()}


def clock(request):
    """Return `clock_stopped` for coordinators: when reminders were last planned, if that is too long ago.

    A clock that never struck has not stopped: the portal has just been set up.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.has_right("owed.rules"):
        return {"clock_stopped": None}
    role = user.current_memberships[0]
    struck = [at for at in (role.reminders_at, role.beat_at) if at]
    is_late = any(timezone.now() - at > PATIENCE for at in struck)
    return {"clock_stopped": struck[0] if is_late else None}
