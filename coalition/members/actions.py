"""Verbs about people and organisations: accounts, roles, an organisation's names."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from coalition import text
from coalition.members.models import Membership, OrganisationAlias, User


@transaction.atomic
def open_account(*, email, password=None, full_name="", **fields):
    """Return the user with this e-mail address, made if there is none; the address counts as verified.

    An existing account keeps its name; a password given replaces the old one.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, full_name=full_name, **fields)
    elif password is not None:
        user.set_password(password)
        user.save()
    verify_address(user)
    return user


def verify_address(user):
    """Let allauth know that the person's address is theirs."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def give_role(*, user, organisation, role, starts_on, is_head=False):
    """Let `user` hold `role` in `organisation` from `starts_on`; a role held then is left as it is."""
    same = Membership.objects.filter(user=user, organisation=organisation, role=role)
    return same.in_force(starts_on).first() or Membership.objects.create(
        user=user, organisation=organisation, role=role, starts_on=starts_on, is_head=is_head
    )


@transaction.atomic
def end_role(*, membership, today):
    """End a role: yesterday was its last day. A role that began today never was."""
    if membership.starts_on >= today:
        membership.delete()
        return
    membership.ends_on = today - timedelta(days=1)
    membership.save(update_fields=["ends_on"])


@transaction.atomic
def set_aliases(*, organisation, names):
    """Make `names` the other names of the organisation, and let search find it by them.

    Raises ValueError with the name that already belongs to another organisation.
    """
    wanted = {text.fold(text.clean(name)): text.clean(name).strip() for name in names if name.strip()}
    taken = OrganisationAlias.objects.filter(folded__in=wanted).exclude(organisation=organisation).first()
    if taken:
        raise ValueError(taken.name)
    organisation.aliases.exclude(folded__in=wanted).delete()
    known = set(organisation.aliases.values_list("folded", flat=True))
    OrganisationAlias.objects.bulk_create([
        OrganisationAlias(organisation=organisation, name=name, folded=folded)
        for folded, name in wanted.items() if folded not in known
    ])
    other_names = "; ".join(wanted.values())
    if organisation.other_names != other_names:
        organisation.other_names = other_names
        organisation.save(update_fields=["other_names"])
