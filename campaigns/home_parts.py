"""What campaigns put on the home page, and what the search finds of them."""

from campaigns.models import Campaign, ReportingRound
from coalition.lists.search import Hit


def forms_received(user, today):
    """Say to the secretariat from how many organisations the newest quarters have come in, and what waits."""
    if not user.has_right("owed.by"):
        return None
    newest = list(
        ReportingRound.objects.filter(opens_on__lte=today)
        .with_counts()
        .order_by("-year", "-quarter", "-pk")[:2]
    )
    return {"rounds": newest} if newest else None


def find_campaigns(user, query, limit):
    """Return campaigns whose words match."""
    if not user.has_right("campaign.see"):
        return []
    found = Campaign.objects.visible_to(user).search(query).in_order()[:limit]
    return [
        Hit(str(campaign), campaign.get_absolute_url(), str(campaign.starts_on.year)) for campaign in found
    ]
