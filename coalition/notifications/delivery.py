"""Delivers the outbox: claims a message, checks it once more, sends it, stamps it.

Several workers may run and be killed at any line. A claimed message belongs to its worker until the lease
ends; whoever finds it afterwards sends it again under the same Message-ID. So nothing is lost, and only a
message whose acceptance by the mail server was under way at the kill can arrive twice, recognisably.
"""

import datetime as dt
import logging
import smtplib
import time

from django.conf import settings
from django.core import mail
from django.db import connection as database
from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from coalition.notifications import actions, kinds
from coalition.notifications.models import Message

log = logging.getLogger(__name__)
ATTEMPTS = 8  # with the pauses below: given up after about a day
_PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
_DEADLY = 20  # a message that was claimed so often and never settled takes its workers down
_SERVER_AWAY = dt.timedelta(minutes=1)
_TIME = 600  # seconds one run goes on; the next run takes the rest


def lease():
    return dt.timedelta(seconds=settings.DELIVERY_LEASE)


def run(*, limit=None, now=timezone.now):
    """Deliver what is due, at most `limit` messages; return counts of sent, cancelled, retried and failed.

    `reasons` says why, for all that was not sent; `waiting` counts what stays, `held` those of them whose time
    has not come (quiet hours, a pause before the next attempt), `next_at` is when the first of these leaves.
    """
    tally: dict = {"sent": 0, "cancelled": 0, "retried": 0, "failed": 0, "reasons": {}}
    done = 0
    server = mail.get_connection()
    ends = time.monotonic() + _TIME
    try:
        while (limit is None or done < limit) and time.monotonic() < ends:
            message = claim(now())
            if message is None:
                break
            try:
                became, reason = deliver(message, server, now)
            except OSError as trouble:  # smtplib's own exceptions are among them
                _put_back(message, now(), trouble)
                tally["server_away"] = 1
                tally["reasons"][_words(trouble)] = 1
                break
            done += 1
            tally[became] += 1
            if reason:
                tally["reasons"][reason] = tally["reasons"].get(reason, 0) + 1
    finally:
        server.close()
    return tally | _left(now())


def claim(now):
    """Take one message that is due, or whose worker died; return it, or None. No two workers get the same."""
    for due in (
        Message.objects.due(now),
        Message.objects.filter(state=Message.State.SENDING, lease_until__lt=now),
    ):
        while True:
            taken, there_are_more = _take(due, now)
            if taken or not there_are_more:
                break
        if taken:
            return Message.objects.select_related("recipient").get(pk=taken)
    return None


def _left(now):
    """Return how many messages wait, how many of them for their time, and when the first of these is due."""
    later = Q(not_before__gt=now)
    found = Message.objects.filter(state=Message.State.QUEUED).aggregate(
        waiting=Count("pk"), held=Count("pk", filter=later), next_at=Min("not_before", filter=later)
    )
    return found | {"next_at": found["next_at"] and timezone.localtime(found["next_at"]).isoformat()}


@transaction.atomic
def _take(due, now):
    """Return (pk, _), or (None, whether to try again)."""
    first = due.order_by("state", "not_before", "pk")
    if database.features.has_select_for_update_skip_locked:
        first = first.select_for_update(skip_locked=True)
    pk = first.values_list("pk", flat=True).first()
    if pk is None:
        return None, False
    taken = due.filter(pk=pk).update(
        state=Message.State.SENDING, attempts=F("attempts") + 1, lease_until=now + lease()
    )
    return (pk, False) if taken else (None, True)


def deliver(message, server, now=timezone.now):
    """Send one claimed message unless it no longer holds; return (what became of it, why it was not sent)."""
    kind = kinds.get(message.kind)
    if message.attempts > _DEADLY:
        return _settle(
            message, Message.State.FAILED, gettext_noop("Every worker that tried to send it died.")
        )
    try:
        _readdress(message)
        reason = _no_longer(message) or (kind.recheck(message, now()) if kind.recheck else "")
        letter = as_mail(message, kind)
    except Exception as trouble:  # one bad message must not hold up the others
        log.exception("message %s cannot be written", message.public_id)
        return _later(message, now(), trouble)
    if reason:
        return _settle(message, Message.State.CANCELLED, reason)
    server.open()
    try:
        _send(server, letter)
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPDataError,
        ValueError,
    ) as trouble:
        return _later(message, now(), trouble)
    with transaction.atomic():
        settled = _settle(message, Message.State.SENT, "", sent_at=now())
        if kind.sent:
            kind.sent(message)
    return settled


def _send(server, letter):
    """Hand the mail over; a connection that the server has closed meanwhile is opened anew, once."""
    try:
        server.send_messages([letter])
    except smtplib.SMTPServerDisconnected:
        server.close()
        server.open()
        server.send_messages([letter])


def as_mail(message, kind=None):
    """Return the message as an e-mail with text, HTML, attachments and the headers mail programs act upon."""
    kind = kind or kinds.get(message.kind)
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if kind.can_be_unsubscribed and message.recipient:
        address = f"{settings.BASE_URL}{actions.unsubscribe_path(message.recipient)}"
        headers |= {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    letter = mail.EmailMultiAlternatives(
        message.subject, message.text_body, to=[message.to_address], headers=headers
    )
    if message.html_body:
        letter.attach_alternative(message.html_body, "text/html")
    for attached in message.attachments:
        letter.attach(attached["name"], attached["text"], attached["content_type"])
    return letter


def _readdress(message):
    """Write to the address the person has now: a coordinator may have corrected it meanwhile."""
    if message.recipient and message.recipient.email != message.to_address:
        message.to_address = message.recipient.email
        _mine(message).update(to_address=message.to_address)


def _no_longer(message):
    if message.recipient and not message.recipient.is_active:
        return gettext_noop("The person has left.")
    return ""


def _mine(message):
    """The row, if it still belongs to this worker."""
    return Message.objects.filter(pk=message.pk, state=Message.State.SENDING, attempts=message.attempts)


def _settle(message, state, reason, **fields):
    _mine(message).update(state=state, state_reason=str(reason)[:300], lease_until=None, **fields)
    became = {Message.State.SENT: "sent", Message.State.CANCELLED: "cancelled"}.get(state, "failed")
    return became, str(reason)


def _later(message, now, trouble):
    """Try a refused message again after a growing pause; in the end give it up; coordinators see it."""
    words = _words(trouble)
    log.warning("message %s was refused: %s", message.public_id, words)
    if message.attempts >= ATTEMPTS:
        return _settle(message, Message.State.FAILED, words)
    _mine(message).update(
        state=Message.State.QUEUED,
        state_reason=words,
        lease_until=None,
        not_before=now + _PAUSES[min(message.attempts, len(_PAUSES)) - 1],
    )
    return "retried", words


def _put_back(message, now, trouble):
    """The mail server is away: that is not this message's fault, so the attempt does not count."""
    log.warning("the mail server cannot be reached: %s", trouble)
    _mine(message).update(
        state=Message.State.QUEUED,
        state_reason=_words(trouble),
        lease_until=None,
        attempts=F("attempts") - 1,
        not_before=now + _SERVER_AWAY,
    )


def _words(trouble):
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        trouble = "; ".join(
            f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
            for code, words in trouble.recipients.values()
        )
    elif isinstance(trouble, smtplib.SMTPResponseException):
        error = trouble.smtp_error
        trouble = (
            f"{trouble.smtp_code} {error.decode(errors='replace') if isinstance(error, bytes) else error}"
        )
    return " ".join(str(trouble).split())[:300]


def send_again(messages, *, now):
    """Queue messages that could not be sent once more, with all their attempts."""
    return messages.filter(state=Message.State.FAILED).update(
        state=Message.State.QUEUED, attempts=0, not_before=now, lease_until=None
    )
