"""Invitations: the only way to get an account."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalition.http import allow, page, public
from coalition.members import actions
from coalition.members.confirming import confirmed
from coalition.members.forms import AcceptForm, InvitationForm
from coalition.members.models import Invitation, Organisation, User
from coalition.members.views.account import remember


@allow("member.invite", methods=("GET",))
def invitation_list(request):
    """Show the invitations nobody has accepted yet, and the latest that were."""
    now = timezone.now()
    sent = Invitation.objects.select_related("organisation", "invited_by").order_by("-created_at", "-pk")
    return page(
        request,
        "members/invitation_list.html",
        {
            "waiting": sent.filter(accepted_at=None, revoked_at=None),
            "accepted": sent.exclude(accepted_at=None)[:20],
            "now": now,
        },
    )


@allow("member.invite")
@confirmed
def invitation_new(request):
    """Invite somebody by e-mail into one role."""
    chosen = Organisation.objects.filter(public_id=request.GET.get("organisation", "")).first()
    form = InvitationForm(request.POST or None, initial={"organisation": chosen, "role": "focal"})
    if request.method == "POST" and form.is_valid():
        actions.invite(invitation=form.save(commit=False), by=request.user, now=timezone.now())
        messages.success(request, _("The invitation to %(email)s is on its way.") % form.cleaned_data)
        return redirect("members:invitation_list")
    return page(request, "members/invitation_new.html", {"form": form})


@allow("member.invite", methods=("POST",))
@confirmed
def invitation_send_again(request, public_id):
    """Send a new letter; the link in the earlier one no longer works."""
    invitation = get_object_or_404(Invitation, public_id=public_id, accepted_at=None, revoked_at=None)
    actions.invite_again(invitation=invitation, by=request.user, now=timezone.now())
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
    return redirect("members:invitation_list")


@allow("member.invite", methods=("POST",))
def invitation_revoke(request, public_id):
    """Close the door again."""
    invitation = get_object_or_404(Invitation, public_id=public_id, accepted_at=None)
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now())
    messages.success(request, _("The invitation to %(email)s no longer works.") % {"email": invitation.email})
    return redirect("members:invitation_list")


@public(methods=("GET", "POST"))
def invitation_accept(request, token):
    """Let the person who holds the letter choose name, language and password, and in."""
    now = timezone.now()
    found = (
        Invitation.objects.with_token(token).usable(now).select_related("organisation", "invited_by").first()
    )
    if found is None:
        return page(request, "members/invitation_gone.html", status=410)
    account = User.objects.filter(email=found.email).first()
    if account is not None:
        return _accept_as(request, found, account, now)
    wanted = request.POST.get("language")
    with override(wanted if wanted in User.Language.values else found.language):
        form = AcceptForm(
            request.POST or None,
            instance=User(email=found.email),
            initial={
                "full_name": found.full_name,
                "language": found.language,
            },
        )
        if request.method == "POST" and form.is_valid():
            person = form.save(commit=False)
            password = form.cleaned_data["password"]
            user = actions.accept(invitation=found, user=person, password=password, now=now)
            if user is None:
                return page(request, "members/invitation_gone.html", status=410)
            return remember(_log_in(request, user), user.language, request)
        return page(request, "members/invitation_accept.html", {"form": form, "invitation": found})


def _accept_as(request, invitation, account, now):
    """Add the role to an account that exists; only its owner, logged in, may say yes."""
    if request.user != account:
        messages.info(request, _("You already have an account: log in, and the new role is yours."))
        return redirect_to_login(request.path)
    if request.method == "POST":
        actions.accept(invitation=invitation, user=account, password=None, now=now)
        messages.success(
            request, _("Welcome to %(organisation)s.") % {"organisation": invitation.organisation}
        )
        return redirect("home")
    return page(
        request,
        "confirm.html",
        {
            "question": _("Take on this role: %(role)s, %(organisation)s?")
            % {
                "role": invitation.get_role_display(),
                "organisation": invitation.organisation,
            },
            "yes": _("Yes, gladly"),
        },
    )


def _log_in(request, user):
    record_authentication(request, user, method="password" if user.has_usable_password() else "code")
    return perform_login(request, Login(user=user, email=user.email))
