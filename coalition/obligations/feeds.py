"""Calendar feeds: a secret address for a person or an organisation, to be reset when it has leaked.

Upper rooms add their own entries (meetings, trainings) with `register`.
"""

import datetime as dt
import secrets
from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coalition.members.models.user import hash_token
from coalition.obligations import calendars, overview
from coalition.obligations.models import CalendarFeed, Obligation

_PAST = dt.timedelta(days=90)
_contributions: list[Callable] = []


def register(function):
    """Let `function(organisation_ids, since)` return icalendar components for the feeds."""
    if function not in _contributions:
        _contributions.append(function)


@transaction.atomic
def reset(*, user=None, organisation=None):
    """Make a new secret address for a person or an organisation, end the old one, return the path.

    Only a hash of the secret is kept: the path is shown once.
    """
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.filter(user=user, organisation=organisation).delete()
    CalendarFeed.objects.create(user=user, organisation=organisation, token_hash=hash_token(token))
    return reverse("obligations:feed", args=[token])


def end(*, user=None, organisation=None):
    """Close the secret address."""
    CalendarFeed.objects.filter(user=user, organisation=organisation).delete()


def of_token(token):
    """Return the feed with this secret, unless its person has left, or None."""
    feed = (
        CalendarFeed.objects.select_related("user", "organisation")
        .filter(token_hash=hash_token(token))
        .first()
    )
    if feed is None or (feed.user and not feed.user.is_active):
        return None
    return feed


def written(feed, now):
    """Return the feed as an iCalendar file: due dates, and what other rooms add. No personal data."""
    since = timezone.localdate(now) - _PAST
    if feed.user:
        duties, name, language = overview.own(feed.user), str(feed.user), feed.user.language
        organisations = feed.user.organisation_ids
    else:
        duties, name, language = (
            Obligation.objects.filter(organisation=feed.organisation),
            str(feed.organisation),
            "vi",
        )
        organisations = [feed.organisation_id]
    shown = duties.filter(due_on__gte=since, state__in=(Obligation.State.OPEN, Obligation.State.DONE))
    with translation.override(language):
        more = [entry for contribute in _contributions for entry in contribute(organisations, since)]
        title = _("CRWG: %(name)s") % {"name": name}
        return calendars.of_duties(shown.order_by("due_on", "pk")[:1000], title, more)
