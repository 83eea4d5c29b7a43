"""Verbs about people and organisations: accounts, invitations, roles, an organisation's names."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coalition import text
from coalition.members import letters, moving, roles
from coalition.members.models import Invitation, Membership, Organisation, OrganisationAlias, User
from coalition.members.models.user import hash_token

OPEN_FOR = timedelta(days=14)  # how long an invitation can be accepted


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
    OrganisationAlias.objects.bulk_create(
        [
            OrganisationAlias(organisation=organisation, name=name, folded=folded)
            for folded, name in wanted.items()
            if folded not in known
        ]
    )
    other_names = "; ".join(wanted.values())
    if organisation.other_names != other_names:
        organisation.other_names = other_names
        organisation.save(update_fields=["other_names"])


@transaction.atomic
def merge(*, organisation, into, by=None):
    """Say that `organisation` is the same body as `into`.

    Its names, people and open duties move, what it did is counted there. Nothing is deleted: it goes into
    the archive, pointing to the one that stays.
    """
    names = [organisation.name_vi, organisation.name_en, organisation.short_name, organisation.code]
    names += organisation.aliases.values_list("name", flat=True)
    names += into.aliases.values_list("name", flat=True)
    own = {text.fold(text.clean(name)) for name in (into.name_vi, into.name_en, into.short_name, into.code)}
    organisation.aliases.all().delete()
    elsewhere = set(OrganisationAlias.objects.exclude(organisation=into).values_list("folded", flat=True))
    set_aliases(
        organisation=into,
        names=[name for name in names if name and text.fold(text.clean(name)) not in own | elsewhere],
    )
    for membership in organisation.memberships.select_related("user"):
        if not Membership.objects.filter(
            user=membership.user, organisation=into, role=membership.role, starts_on=membership.starts_on
        ).exists():
            membership.organisation = into
            membership.save(update_fields=["organisation"])
    Organisation.everything.filter(merged_into=organisation).update(merged_into=into)
    organisation.merged_into = into
    organisation.archive()
    moving.merged(organisation=organisation, into=into, by=by)


@transaction.atomic
def invite(*, invitation, by, now):
    """Send an invitation that was filled in and return it; an earlier one for the role no longer holds."""
    Invitation.objects.usable(now).filter(
        email=invitation.email, organisation=invitation.organisation, role=invitation.role
    ).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation.invited_by = by
    invitation.token_hash = hash_token(token)
    invitation.created_at = now
    invitation.expires_at = now + OPEN_FOR
    invitation.save()
    letters.send(
        kind="invitation",
        key=f"invitation:{invitation.public_id}",
        recipient=invitation,
        template="invitation",
        context={"invitation": invitation, "by": by},
        path=reverse("members:invitation_accept", args=[token]),
    )
    return invitation


@transaction.atomic
def invite_again(*, invitation, by, now):
    """Send a new invitation in the place of one that was lost or has run out. Return the new one."""
    again = Invitation(
        email=invitation.email,
        full_name=invitation.full_name,
        organisation=invitation.organisation,
        role=invitation.role,
        language=invitation.language,
    )
    return invite(invitation=again, by=by, now=now)


@transaction.atomic
def accept(*, invitation, user, password, now):
    """Let the person in: `user` is unsaved and filled in, or the account that already has this address.

    Returns the user, or None if the invitation was used, revoked or has run out meanwhile.
    """
    claimed = Invitation.objects.usable(now).filter(pk=invitation.pk).update(accepted_at=now)
    if not claimed:
        return None
    if user.pk is None:
        user.email = invitation.email
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save()
        verify_address(user)
    give_role(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        starts_on=timezone.localdate(now),
    )
    return user


@transaction.atomic
def hand_over(*, membership, successor, starts_on, by):
    """Let `successor` hold the role from `starts_on`; the duties follow, for they belong to the role.

    Both people are told; the letter to the successor leads to the list of what is handed over.
    """
    ends_on = starts_on - timedelta(days=1)
    if membership.ends_on is None or membership.ends_on > ends_on:
        membership.ends_on = ends_on
        membership.save(update_fields=["ends_on"])
    given = give_role(
        user=successor,
        organisation=membership.organisation,
        role=membership.role,
        starts_on=starts_on,
        is_head=membership.is_head,
    )
    moving.handed_over(organisation=membership.organisation, leaver=membership.user, by=by)
    listed = f"/owed/hand-over/{given.organisation.code}/" if given.role in roles.FILERS else "/owed/"
    for person in (membership.user, successor):
        letters.send(
            kind="hand_over",
            key=f"hand-over:{membership.pk}:{given.pk}:{person.pk}",
            recipient=person,
            template="hand_over",
            path=listed if person == successor else "/owed/",
            context={"given": given, "former": membership.user, "is_new": person == successor, "by": by},
        )
    return given
