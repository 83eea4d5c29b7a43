"""What campaigns put on the home page, and what the search finds of them."""

from campaigns.models import Campaign, QuarterlyForm, ReportingRound
from coalition.lists.search import Hit

State = QuarterlyForm.State


def forms_received(user, today):
    """Say to the secretariat from how many organisations the newest quarters have come in, and what waits."""
    if not user.has_right("owed.by"):
        return None
    newest = list(
        ReportingRound.objects.filter(opens_on__lte=today).with_counts().order_by("-year", "-quarter", "-pk")[:2]
    )
    return {"rounds": newest} if newest else None


def our_form(user, today):
    """Show a member the form it is filling in now, with one click to it."""
    if user.is_secretariat or not user.has_right("form.prepare"):
        return None
    form = (
        QuarterlyForm.objects.open().filter(organisation__in=user.organisation_ids)
        .select_related("round__campaign", "obligation").with_line_count()
        .order_by("obligation__due_on", "pk").first()
    )
    return {"form": form, "today": today} if form else None


def find_campaigns(user, query, limit):
    """Return campaigns whose words match."""
    if not user.has_right("campaign.see"):
        return []
    found = Campaign.objects.visible_to(user).search(query).in_order()[:limit]
    return [Hit(str(campaign), campaign.get_absolute_url(), str(campaign.starts_on.year)) for campaign in found]
