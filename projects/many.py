"""Changing many activities in a few statements, each with its history."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from coalition import earlier_links, history
from projects import locks
from projects.models import Activity

MOST = 500


@transaction.atomic
def change(activities, *, by, project=None, pillar=None, is_shared=None):
    """Change what is given in each of `activities`; return how many were not so already."""
    rows = list(
        Activity.objects.select_for_update().filter(pk__in=[each.pk for each in activities]).order_by("pk")
    )
    through = Activity.projects.through
    rows = open_to_change(rows, by=by, project=project)
    known = set()
    if project:
        known = set(through.objects.filter(project=project).values_list("activity", flat=True))
    changed = []
    for row in rows:
        differs = project is not None and row.pk not in known
        if pillar is not None and row.pillar_id != pillar.pk:
            row.pillar, differs = pillar, True
        if is_shared is not None and row.is_shared != is_shared:
            row.is_shared, differs = is_shared, True
        if differs:
            row.version += 1
            row.updated_at = timezone.now()
            changed.append(row)
    if changed:
        Activity.objects.bulk_update(changed, ["pillar", "is_shared", "version", "updated_at"])
    together = gettext_noop("changed together with %(number)s others")
    reason = history.reason(together, number=max(len(changed) - 1, 0))
    Activity.history.bulk_history_create(changed, update=True, default_user=by, default_change_reason=reason)
    joining = [row for row in changed if row.pk not in known] if project else []
    with earlier_links.kept(joining):
        links = [through(activity_id=row.pk, project_id=project.pk) for row in joining]
        through.objects.bulk_create(links, ignore_conflicts=True)
    return len(changed)


def open_to_change(activities, *, by, project=None):
    """Return those of `activities` whose numbers this person may still change, also in the project they would join."""
    if by.has_right(locks.RIGHT):
        return activities
    closed = locks.among(activities)
    joining = project.locked_until if project else None
    return [
        each for each in activities if each.pk not in closed and not (joining and each.starts_on <= joining)
    ]


def newest(activities):
    """Return at most `MOST` activities, the newest first."""
    return list(activities.select_related("lead").order_by(F("starts_on").desc(), "-pk")[:MOST])
