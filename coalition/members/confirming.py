"""Asks people to show once more who they are before they change who may do what."""

import time
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.utils.translation import gettext as _

SECONDS = 15 * 60


def is_fresh(request):
    """Return whether the person has shown who they are within the last quarter of an hour."""
    earliest = time.time() - SECONDS
    return any(record["at"] >= earliest for record in get_authentication_records(request, request.user))


def confirmed(view):
    """Let only people through who have just shown who they are; others do so and come back.

    A person who has neither password nor second factor logs in by mailed code: they log in anew.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if get_reauthentication_flows(request.user):
            raise ReauthenticationRequired
        return log_in_anew(request)

    return checked


def log_in_anew(request):
    """End the session and lead through log-in back to this page."""
    path = request.get_full_path()
    logout(request)
    messages.info(request, _("Please log in again, so that we know it is you."))
    return redirect_to_login(path)


class CodeOnlyMiddleware:
    """Guard the pages about one's own account for people who only ever log in by mailed code.

    allauth asks for the password there; to those who have none it asks nothing, so a computer left
    open would be enough to add a second factor of one's own.
    """

    GUARDED = ("/accounts/2fa/", "/accounts/email/", "/accounts/password/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            request.user.is_authenticated
            and request.path.startswith(self.GUARDED)
            and not is_fresh(request)
            and not get_reauthentication_flows(request.user)
        ):
            return log_in_anew(request)
        return self.get_response(request)
