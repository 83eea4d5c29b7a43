"""What projects add to the page that everybody may read."""

from projects.models import Publication


def publications(today):
    """The public publications, the latest first; None when there is none."""
    found = list(Publication.objects.filter(is_public=True).order_by("-published_on", "pk")[:100])
    return {"publications": found} if found else None
