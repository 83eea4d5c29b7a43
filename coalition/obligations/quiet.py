"""When a reminder may reach people: not from nine in the evening to seven in the morning."""

import datetime as dt

from django.utils import timezone

OPENS, CLOSES = dt.time(7), dt.time(21)


def send_at(now, today=None):
    """Return `now`, or seven o'clock of the morning that ends the quiet hours `now` lies in.

    A `today` that is not the day of `now` was named by hand (a rehearsal, a test): it is sent at once.
    """
    local = timezone.localtime(now)
    if today is not None and today != local.date():
        return now
    opens = local.replace(hour=OPENS.hour, minute=OPENS.minute, second=0, microsecond=0)
    if local < opens:
        return opens
    if local.time() >= CLOSES:
        return opens + dt.timedelta(days=1)
    return now
