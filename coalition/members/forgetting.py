"""Forgets people when the time that `privacy.py` promises is over; what they wrote stays, without their name."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from coalition.members.models import Invitation, Membership, User

AFTER_LEAVING = timedelta(days=183)  # six months after the last role ended
INVITATIONS = timedelta(days=365)
GONE = "da-roi-{}@example.invalid"


def leavers(today):
    """Return people whose last role ended more than six months ago, or who never had one in that time."""
    since = today - AFTER_LEAVING
    recent = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), user=OuterRef("pk"))
    return User.objects.filter(~Exists(recent), date_joined__date__lt=since, is_superuser=False).exclude(
        email__endswith="@example.invalid"
    )


@transaction.atomic
def forget(*, user):
    """Take name, address and keys away from an account for good; nobody can log in with it again."""
    former = user.email
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    UserSession.objects.filter(user=user).delete()
    Invitation.objects.filter(email=former).delete()
    user.email, user.full_name = GONE.format(user.public_id), ""
    user.form_of_address = User.Address.NONE
    user.is_active = False
    user.set_unusable_password()
    user.save()


def forget_leavers(today):
    """Forget everybody whose time is over; return how many."""
    found = list(leavers(today))
    for user in found:
        forget(user=user)
    return len(found)


def forget_invitations(now):
    """Delete invitations a year after they ended; return how many."""
    over = now - INVITATIONS
    ended = Q(accepted_at__lt=over) | Q(revoked_at__lt=over) | Q(expires_at__lt=over)
    number, _by_table = Invitation.objects.filter(ended).delete()
    return number
