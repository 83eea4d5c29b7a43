"""What looks odd about an activity: said as a warning, never as an error."""

import datetime as dt

from django.utils.translation import gettext as _

from projects.models import Activity

MANY = 2000


def warnings(activity, today):
    """Return sentences about what somebody may want to look at again."""
    found = []
    counts = list(activity.participation.all())
    people = sum(row.count for row in counts)
    if people > MANY:
        found.append(
            _("%(number)s people is a lot for one activity. Is the number right?") % {"number": people}
        )
    if activity.ends_on and activity.ends_on - activity.starts_on > dt.timedelta(days=62):
        found.append(_("It lasts longer than two months. If it is several activities, log each."))
    if activity.state == Activity.State.HELD and activity.starts_on > today:
        found.append(_("It is marked as held, but its day is still to come."))
    if activity.state == Activity.State.PLANNED and activity.starts_on < today:
        found.append(_("Its day is past. Was it held, postponed or cancelled?"))
    if (
        activity.kind == Activity.Kind.CONSULTATION
        and counts
        and not any(row.group == "children" for row in counts)
    ):
        found.append(_("A consultation without children: is that meant?"))
    same = Activity.objects.filter(
        title__iexact=activity.title, starts_on=activity.starts_on, lead=activity.lead_id
    ).exclude(pk=activity.pk)
    if same.exists():
        found.append(_("The same title stands in the log for the same day. Is it logged twice?"))
    return found
