"""Calendar feeds: the page that gives out the secret address, and the feed itself."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from coalition.http import allow, page, public
from coalition.members.models import Organisation
from coalition.obligations import feeds
from coalition.obligations.models import CalendarFeed


def _page(request, fresh=None):
    organisations = Organisation.objects.filter(pk__in=request.user.filing_organisation_ids).in_order()
    mine = CalendarFeed.objects.filter(user=request.user, organisation=None).first()
    theirs = {
        feed.organisation_id: feed
        for feed in CalendarFeed.objects.filter(user=None, organisation__in=organisations)
    }
    return page(
        request,
        "obligations/feed_page.html",
        {
            "mine": mine,
            "theirs": [(organisation, theirs.get(organisation.pk)) for organisation in organisations],
            "fresh": fresh,
        },
    )


@allow("owed.see", methods=("GET",))
def feed_page(request):
    """Say what a calendar feed is and whether there is one; its address is shown when it is made."""
    return _page(request)


@allow("owed.see", methods=("POST",))
def feed_reset(request):
    """Make a new secret address, ending the old one, or only end it; for oneself or one's organisation."""
    whose = {"user": request.user}
    if request.POST.get("organisation"):
        own = Organisation.objects.filter(pk__in=request.user.filing_organisation_ids)
        whose = {"organisation": get_object_or_404(own, code=request.POST["organisation"])}
    if request.POST.get("end"):
        feeds.end(**whose)
        return _page(request)
    return _page(
        request,
        fresh={
            "address": f"{settings.BASE_URL}{feeds.reset(**whose)}",
            "organisation": whose.get("organisation"),
        },
    )


@public()
def feed(request, token):
    """Answer a calendar program; whoever has the address may read, nobody may write."""
    found = feeds.of_token(token)
    if found is None:
        raise Http404
    response = HttpResponse(feeds.written(found, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response
