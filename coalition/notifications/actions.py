"""Writes messages into the outbox, in the transaction of the fact they tell; the clock delivers them."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coalition.members.models import User
from coalition.notifications.models import Message, Preference

_UNSUBSCRIBE = signing.Signer(salt="unsubscribe")


@dataclass(frozen=True)
class Letter:
    """A message in one person's language, not yet queued."""

    subject: str
    text: str
    html: str


def compose(template, recipient, context=None):
    """Render `notifications/mail/<template>` (.subject.txt, .txt and .html) in the recipient's language.

    The templates know `person`, `name` (how the letter addresses them) and `base_url` (without a closing
    slash), beside what `context` holds.
    """
    with translation.override(recipient.language):
        name = (recipient.full_name or _("colleague")) if recipient.language == "en" else recipient.greeting
        known = {"person": recipient, "name": name, "base_url": settings.BASE_URL, **(context or {})}
        subject, text, html = (
            _render(f"notifications/mail/{template}{end}", known) for end in (".subject.txt", ".txt", ".html")
        )
    text, html = (_address(words, recipient) for words in (text, html))
    return Letter(" ".join(subject.split())[:300], text.strip() + "\n", html)


def _address(words, recipient):
    """Say "chị" or "ông" where the catalogue's Vietnamese says "anh/chị", if the person has told us which."""
    known = getattr(recipient, "form_of_address", "anh/chị")
    if recipient.language != "vi" or known == "anh/chị":
        return words
    return words.replace("anh/chị", known).replace("Anh/chị", known.capitalize())


def _render(name, known):
    """Render a template; what ends in .txt is plain text, so nothing in it is escaped."""
    return get_template(name).template.render(Context(known, autoescape=name.endswith(".html")))


@transaction.atomic
def queue(*, kind, key, recipient, subject, text, html="", path="", attachments=(), not_before=None):
    """Queue a message once: a second call with the same `key` returns the first one untouched.

    `attachments` are dicts with name, content_type and text; `path` is the page the message leads to.
    """
    Message.objects.bulk_create(
        [
            Message(
                kind=kind,
                dedupe_key=key[:200],
                to_address=recipient.email,
                # An invitation has an address and no account.
                recipient=recipient if isinstance(recipient, User) else None,
                language=recipient.language,
                subject=" ".join(subject.split())[:300],
                text_body=text,
                html_body=html,
                path=path,
                attachments=list(attachments),
                not_before=not_before or timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )
    return Message.objects.get(dedupe_key=key[:200])


def queue_letter(*, kind, key, recipient, template, context=None, path="", attachments=(), not_before=None):
    """Render a letter from its templates and queue it once; `path` is known to the templates."""
    letter = compose(template, recipient, {"path": path, **(context or {})})
    return queue(
        kind=kind,
        key=key,
        recipient=recipient,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        path=path,
        attachments=attachments,
        not_before=not_before,
    )


def hide_link(message):
    """Take the secret address out of a message that was sent: the outbox then opens no door to a reader."""
    if message.path:
        message.text_body = message.text_body.replace(message.path, "/…/")
        message.html_body = message.html_body.replace(message.path, "/…/")
        message.path = ""
        message.save(update_fields=["text_body", "html_body", "path"])


def unsubscribe_path(person):
    """Return the address, signed for this person, that ends reminder mails with one click."""
    return reverse("notifications:unsubscribe", args=[_UNSUBSCRIBE.sign(person.public_id)])


def person_of(token):
    """Return the person an unsubscribe address was signed for, or None."""
    try:
        return User.objects.filter(public_id=_UNSUBSCRIBE.unsign(token)).first()
    except signing.BadSignature:
        return None


def prefer(person, **choices):
    """Write down how this person wants to be reminded; return the Preference."""
    preference, _made = Preference.objects.update_or_create(user=person, defaults=choices)
    return preference
