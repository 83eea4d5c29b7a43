"""What this room has to tell people; the outbox, a room above, carries it.

`coalition.notifications` calls `carried_by(queue_letter)` when it is ready. Until then, and in a
house without an outbox, nothing is sent.
"""

from django.utils import timezone
from django.utils.translation import gettext_noop

from coalition.members.models import Invitation

_carriers = []


def carried_by(function):
    """Let `function(kind=, key=, recipient=, template=, context=, path=)` carry our letters."""
    _carriers[:] = [function]


def send(*, kind, key, recipient, template, context=None, path=""):
    """Hand over a letter in the transaction of the fact it tells; the same `key` is told once.

    `recipient` is a user, or an invitation: somebody with an e-mail address, a name and a language.
    """
    for carry in _carriers:
        carry(kind=kind, key=key, recipient=recipient, template=template, context=context, path=path)


def why_no_longer(key):
    """Return "" while the invitation told under `key` can still be accepted, else why it cannot."""
    _kind, _colon, public_id = key.partition(":")
    if Invitation.objects.usable(timezone.now()).filter(public_id=public_id).exists():
        return ""
    return gettext_noop("The invitation was withdrawn, used or has run out.")
