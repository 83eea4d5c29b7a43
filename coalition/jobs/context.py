"""What every page tells coordinators of the clock: nothing while it runs."""

from datetime import timedelta

from django.db.models import DateTimeField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from coalition.jobs.models import Heartbeat

PATIENCE = timedelta(hours=1)


def clocks():
    """Return the expressions that read the clocks along with a person's roles (coalition.members.asking).

    Written as SQL because they are part of every page: as sub-queries of the ORM they cost more than all the rest.
    """
    struck = f"SELECT at FROM {Heartbeat._meta.db_table} WHERE name = %s"  # noqa: S608  (our own table's name)
    return {
        f"{name}_at": RawSQL(struck, [name], DateTimeField())  # noqa: S611  (the name is one of these two)
        for name in ("beat", "reminders")
    }


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
