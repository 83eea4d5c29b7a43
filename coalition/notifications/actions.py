"""Writes messages into the outbox, in the transaction of the fact they tell; the clock delivers them."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from coalition.notifications.models import Message


@dataclass(frozen=True)
class Letter:
    """A message in one person's language, not yet queued."""

    subject: str
    text: str
    html: str


def compose(template, recipient, context=None):
    """Render `notifications/mail/<template>` (.subject.txt, .txt and .html) in the recipient's language.

    The templates know `person` and `base_url` (without a closing slash), beside what `context` holds.
    """
    with translation.override(recipient.language):
        known = {"person": recipient, "base_url": settings.BASE_URL, **(context or {})}
        parts = [render_to_string(f"notifications/mail/{template}{end}", known) for end in
                 (".subject.txt", ".txt", ".html")]
    return Letter(" ".join(parts[0].split())[:300], parts[1].strip() + "\n", parts[2])


@transaction.atomic
def queue(*, kind, key, recipient, subject, text, html="", path="", attachments=(), not_before=None):
    """Queue a message once: a second call with the same `key` returns the first one untouched.

    `attachments` are dicts with name, content_type and text; `path` is the page the message leads to.
    """
    Message.objects.bulk_create([Message(
        kind=kind, dedupe_key=key[:200], recipient=recipient, to_address=recipient.email,
        language=recipient.language, subject=" ".join(subject.split())[:300], text_body=text, html_body=html,
        path=path, attachments=list(attachments), not_before=not_before or timezone.now(),
    )], ignore_conflicts=True)
    return Message.objects.get(dedupe_key=key[:200])


def queue_letter(*, kind, key, recipient, template, context=None, path="", attachments=(), not_before=None):
    """Render a letter from its templates and queue it once; `path` is known to the templates."""
    letter = compose(template, recipient, {"path": path, **(context or {})})
    return queue(kind=kind, key=key, recipient=recipient, subject=letter.subject, text=letter.text,
                 html=letter.html, path=path, attachments=attachments, not_before=not_before)
