"""What an organisation's own address outside is told on a day: the duties reminded of, ready for a chat group."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalition.notifications import webhooks
from coalition.notifications.models import Webhook
from coalition.obligations.models import Obligation, Reminder

AT_MOST = 50


def tell(today):
    """Queue one call a day for each organisation with an address and reminders of that day; return how many."""
    hooks = {
        hook.organisation_id: hook
        for hook in Webhook.objects.filter(is_on=True).select_related("organisation")
    }
    if not hooks:
        return 0
    reminded = Reminder.objects.filter(
        planned_for=today, obligation__organisation__in=hooks, obligation__state=Obligation.State.OPEN
    ).exclude(state=Reminder.State.CANCELLED)
    duties = {}
    for duty in Obligation.objects.filter(pk__in=reminded.values("obligation")).order_by("due_on", "pk"):
        duties.setdefault(duty.organisation_id, []).append(duty)
    return webhooks.queue(
        (
            hooks[organisation],
            f"duties:{hooks[organisation].pk}:{today.isoformat()}",
            _payload(hooks[organisation], rows, today),
        )
        for organisation, rows in duties.items()
    )


def _payload(hook, duties, today):
    rows = [
        {
            "title": duty.title,
            "due_on": duty.due_on.isoformat(),
            "is_overdue": duty.due_on < today,
            "url": f"{settings.BASE_URL}{duty.source_path or duty.get_absolute_url()}",
        }
        for duty in duties[:AT_MOST]
    ]
    with override("vi"):
        lines = [_("To do: %(organisation)s") % {"organisation": hook.organisation}]
    lines += [f"• {duty.title} – {duty.due_on:%d/%m/%Y}" for duty in duties[:AT_MOST]]
    return {"event": "duties.reminded", "day": today.isoformat(), "organisation": hook.organisation.code,
            "duties": rows, "more": max(0, len(duties) - AT_MOST), "text": "\n".join(lines)}  # fmt: skip
