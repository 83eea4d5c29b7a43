"""What campaigns add to the page that everybody may read."""

from campaigns.models import Campaign


def campaigns(today):
    """The public campaigns, the latest first; None when there is none."""
    found = list(Campaign.objects.open_to_the_public().for_list()[:50])
    return {"campaigns": found} if found else None
