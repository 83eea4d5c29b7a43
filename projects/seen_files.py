"""Which files of activities and publications a person may open."""

from django.utils import timezone

from coalition.files.models import StoredFile
from projects.models import Activity, Evidence, Publication


def evidence_seen_by(user):
    """Files of activities this person may see; pictures of people only with a consent in force."""
    agreed = StoredFile.objects.usable_for("internal_report", timezone.localdate())
    if not user.organisation_ids:
        agreed = StoredFile.objects.usable_for("donor_report", timezone.localdate())
    shown = Evidence.objects.filter(activity__in=Activity.objects.visible_to(user).order_by().values("pk"))
    return shown.filter(file__in=agreed.values("pk")).values("file")


def publications_seen_by(user):
    found = Publication.objects.visible_to(user).filter(file__isnull=False)
    return found.order_by().values("file")
