"""A form that came on paper: the coordinator types it in, the organisation confirms it by a signed link."""

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from campaigns.actions.writing import lock
from campaigns.models import FormStep, QuarterlyForm
from coalition.members import roles
from coalition.members.models import User

_SALT = "campaigns.form.confirm"
LINK_LASTS = 30 * 24 * 3600


@transaction.atomic
def take_over(form, *, by):
    """Mark that the coordinator types in a paper form; the organisation can still write as well."""
    form = lock(form)
    if not form.is_open:
        raise PermissionDenied
    if form.on_behalf_by_id is None:
        form.on_behalf_by = by
        form.save()
        FormStep.objects.create(form=form, verb=FormStep.Verb.ON_BEHALF, by=by, revision=form.revision)
    return form


def sign(form, person):
    """Return the secret part of the link with which `person` confirms this very submission."""
    return signing.dumps([form.public_id, form.revision, person.public_id], salt=_SALT)


def read(token):
    """Return (form, person) of a link that still holds, else None.

    It holds for thirty days, for one submission, while the person answers for that organisation.
    """
    try:
        form_id, revision, person_id = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    form = (
        QuarterlyForm.objects.select_related("round__campaign", "organisation")
        .filter(public_id=form_id, revision=revision, on_behalf_by__isnull=False)
        .first()
    )
    person = User.objects.filter(public_id=person_id, is_active=True).first()
    if form is None or person is None:
        return None
    answers_for = person.memberships.in_force(timezone.localdate()).filter(
        organisation=form.answering_id, role=roles.FOCAL
    )
    return (form, person) if answers_for.exists() else None


@transaction.atomic
def confirm(form, *, by, now=None):
    """Record that the organisation stands by what was typed in for it."""
    form = lock(form)
    if form.confirmed_at is None and form.on_behalf_by_id:
        form.confirmed_at, form.confirmed_by = now or timezone.now(), by
        form.save()
        FormStep.objects.create(form=form, verb=FormStep.Verb.CONFIRMED, by=by, revision=form.revision)
    return form
