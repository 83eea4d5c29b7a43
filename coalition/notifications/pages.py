"""The list of messages: one's own; for coordinators the whole outbox."""

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.lists.pages import Choices, Column, Day, ListPage
from coalition.notifications import kinds
from coalition.notifications.models import Message
from coalition.templatetags.portal import state as in_words

TONES = {"sent": "good", "failed": "overdue", "queued": "owed", "sending": "owed", "cancelled": "quiet"}


def state_of(message):
    """Say the state in words, with the reason where there is one."""
    shown = in_words(message.get_state_display(), TONES[message.state], message.sent_at)
    if message.state_reason and message.state != Message.State.SENT:
        return format_html("{} – {}", shown, _(message.state_reason))
    return shown


def _search(rows, query):
    return rows.filter(Q(subject__icontains=query) | Q(to_address__icontains=query))


MESSAGES = ListPage(
    name="messages",
    title=gettext_lazy("Messages"),
    lead=gettext_lazy("What the portal has written to people, and what became of it."),
    rows=lambda user: Message.objects.visible_to(user).defer("text_body", "html_body", "attachments"),
    columns=[
        Column("subject", gettext_lazy("Subject"), sort="subject", is_main=True),
        Column("to", gettext_lazy("To"), "to_address", sort="to_address"),
        Column("state", gettext_lazy("State"), "get_state_display", html=state_of, sort="state"),
        Column("created", gettext_lazy("Written"), "created_at", sort="created_at"),
        Column("sent", gettext_lazy("Sent"), "sent_at", sort="sent_at"),
        Column(
            "kind", gettext_lazy("Kind"), lambda row: kinds.get(row.kind).label, sort="kind", is_shown=False
        ),
        Column("attempts", gettext_lazy("Attempts"), "attempts", is_number=True, is_shown=False),
    ],
    filters=[
        Choices("state", gettext_lazy("State"), choices=Message.State.choices),
        Choices("kind", gettext_lazy("Kind"), choices=kinds.choices),
        Day("from", gettext_lazy("From"), "created_at__date__gte"),
        Day("to", gettext_lazy("Until"), "created_at__date__lte"),
    ],
    search=_search,
    default_sort="-created",
    empty_title=gettext_lazy("No messages yet"),
    empty_text=gettext_lazy(
        "Reminders and notices of the portal will stand here, each with what became of it."
    ),
)


def unsent_for_home(user, today):
    """Tell coordinators how many messages were given up: somebody must look after the addresses."""
    if not user.has_right("outbox.see"):
        return None
    failed = Message.objects.filter(state=Message.State.FAILED).count()
    return {"failed": failed} if failed else None
