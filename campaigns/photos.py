"""The photos of a form: those added to it, and those that its activities already have in the log."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from campaigns.models import FormPhoto
from coalition.files.models import Consent, StoredFile
from projects.models import Evidence

MOST_PHOTOS = 24  # on a summary


def of(form):
    """Return the form's photos in one statement, each with `is_on_form`, `has_consent` and `withdrawn`."""
    consents = Consent.objects.filter(file=OuterRef("pk"))
    on_form = FormPhoto.objects.filter(form=form, file=OuterRef("pk"))
    in_log = Evidence.objects.filter(
        file=OuterRef("pk"),
        activity__form_lines__form=form,
        activity__lead=form.organisation_id,
        activity__archived_at=None,
    )
    found = (
        StoredFile.objects.filter(Q(Exists(on_form)) | Q(Exists(in_log)), kind=StoredFile.Kind.PHOTO)
        .annotate(
            is_on_form=Exists(on_form),
            agreed=Exists(consents.in_force(timezone.localdate())),
            withdrawn=Exists(consents.filter(withdrawn_at__isnull=False)),
        )
        .order_by("pk")
    )
    photos = list(found)
    for photo in photos:
        photo.has_consent = photo.agreed and not photo.withdrawn
    return photos


def usable_of(forms):
    """Return some photos of these forms that may stand in a report of the coalition, by their consent."""
    usable = StoredFile.objects.usable_for("internal_report", timezone.localdate())
    found = usable.filter(form_photos__form__in=forms, kind=StoredFile.Kind.PHOTO).distinct()
    return found.select_related("organisation").order_by("organisation__sort_key", "pk")[:MOST_PHOTOS]


def forms_with(file):
    """Return (words, address) of the forms that were handed in with a photo, for who withdraws its consent."""
    used = FormPhoto.objects.filter(file=file, form__revision__gt=0).select_related(
        "form__round", "form__organisation"
    )
    return [(str(photo.form), photo.form.get_absolute_url()) for photo in used.order_by("form__pk")]
