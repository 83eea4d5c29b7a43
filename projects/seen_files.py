"""Which files of activities and publications a person may open."""

from django.db.models import Q
from django.utils import timezone

from coalition.files.models import StoredFile
from projects.models import Activity, Evidence, PolicyInput, Publication


def evidence_seen_by(user):
    """Files of activities this person may see; pictures of people only with a consent in force."""
    agreed = StoredFile.objects.usable_for("internal_report", timezone.localdate())
    if not user.organisation_ids:
        agreed = StoredFile.objects.usable_for("donor_report", timezone.localdate())
    shown = Evidence.objects.filter(activity__in=Activity.objects.visible_to(user).order_by().values("pk"))
    return shown.filter(file__in=agreed.values("pk")).values("file")


def publications_seen_by(user):
    """Files of publications and policy inputs this person may see."""
    found = Publication.objects.visible_to(user).filter(file__isnull=False)
    said = PolicyInput.objects.visible_to(user).filter(file__isnull=False)
    return StoredFile.objects.filter(
        Q(pk__in=found.order_by().values("file")) | Q(pk__in=said.order_by().values("file"))
    ).values("pk")
