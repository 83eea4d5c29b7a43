"""Photos of a form: taken in once, with the consent they stand on, and into the log with their activity."""

from django.db import transaction

from campaigns.actions.writing import lock_open, start
from campaigns.models import FormPhoto
from coalition.files import actions as files
from coalition.files.models import Consent
from projects import actions as log


@transaction.atomic
def add_photo(form, upload, *, by, caption="", shows_people=True, activity=None, consent=None):
    """Keep a photo on the form; the same picture twice is one. Raises Refused for what is no photo.

    `consent` holds the fields of a signed consent. With `activity` the photo is its evidence in the log too.
    """
    file = files.store(
        upload,
        organisation=form.organisation,
        by=by,
        kinds={"photo"},
        caption=caption,
        shows_people=shows_people,
    )
    form = lock_open(form)
    photo, is_new = FormPhoto.objects.get_or_create(form=form, file=file)
    if consent and shows_people:
        Consent.objects.get_or_create(file=file, **consent)
    if activity is not None:
        log.add_evidence(activity=activity, file=file, by=by)
    if is_new:
        start(form, by=by)
        form.save()
    return photo


@transaction.atomic
def remove_photo(form, file, *, by):
    """Take a photo off the form. It goes into the archive, unless an activity or another form still has it."""
    form = lock_open(form)
    deleted, _rows = FormPhoto.objects.filter(form=form, file=file).delete()
    if not deleted:
        return
    form.save()
    if not file.evidence.exists() and not file.form_photos.exists():
        log.archive(record=file, by=by)
