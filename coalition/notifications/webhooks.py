"""Tells an organisation's own address (a bridge to its chat group) what is due: signed, tried again, given up.

The call is a row, unique by what it tells; a receiver may get one twice (`X-Portal-Delivery` stays the same).
"""

import datetime as dt
import json
import secrets

from django.db import transaction
from django.utils import timezone

from coalition.notifications import outward
from coalition.notifications.models import Webhook, WebhookCall

ATTEMPTS = 6
_PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360)]
_LEASE = dt.timedelta(minutes=2)


@transaction.atomic
def set_address(*, organisation, address):
    """Tell this address from now on; return the new secret, which is shown once."""
    secret = secrets.token_urlsafe(32)
    Webhook.objects.filter(organisation=organisation).delete()
    Webhook.objects.create(organisation=organisation, address=address, secret=secret)
    return secret


def end(*, organisation):
    """Tell nobody any longer."""
    Webhook.objects.filter(organisation=organisation).delete()


def queue(calls):
    """Queue (webhook, key, payload) triples, each once."""
    WebhookCall.objects.bulk_create(
        [
            WebhookCall(webhook=webhook, dedupe_key=key[:200], payload=payload)
            for webhook, key, payload in calls
        ],
        ignore_conflicts=True,
    )


def deliver(*, now=timezone.now, check=outward.checked, limit=50):
    """Make the calls that are due; return counts of sent, retried and failed."""
    tally = {"sent": 0, "retried": 0, "failed": 0}
    while sum(tally.values()) < limit:
        call = _claim(now())
        if call is None:
            break
        tally[_make(call, now, check)] += 1
    return tally


def _claim(now):
    """Take one call that is due; the pause until it would be tried again is its lease."""
    due = WebhookCall.objects.filter(state=WebhookCall.State.QUEUED, not_before__lte=now, webhook__is_on=True)
    for call in due.select_related("webhook").order_by("not_before", "pk")[:5]:
        mine = WebhookCall.objects.filter(pk=call.pk, attempts=call.attempts, state=WebhookCall.State.QUEUED)
        if mine.update(attempts=call.attempts + 1, not_before=now + _LEASE):
            call.attempts += 1
            return call
    return None


def _make(call, now, check):
    body = json.dumps(call.payload, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Portal-Delivery": str(call.pk),
        "X-Portal-Signature": outward.sign(call.webhook.secret, now(), body),
    }
    try:
        status = outward.post(check(call.webhook.address), body, headers)
    except outward.Refused as refused:
        return _settle(call, WebhookCall.State.FAILED, str(refused))
    except OSError as trouble:
        return _later(call, now(), str(trouble))
    if 200 <= status < 300:
        return _settle(call, WebhookCall.State.SENT, "", sent_at=now())
    return _later(call, now(), f"HTTP {status}")


def _later(call, now, words):
    if call.attempts >= ATTEMPTS:
        return _settle(call, WebhookCall.State.FAILED, words)
    pause = _PAUSES[min(call.attempts, len(_PAUSES)) - 1]
    WebhookCall.objects.filter(pk=call.pk).update(not_before=now + pause, state_reason=words[:300])
    return "retried"


def _settle(call, state, words, **fields):
    WebhookCall.objects.filter(pk=call.pk).update(state=state, state_reason=words[:300], **fields)
    return "sent" if state == WebhookCall.State.SENT else "failed"
