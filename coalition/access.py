"""Who may open which address: one table over all routes, checked at start and by tests.

Our own views say it themselves (`coalition.http.allow` and `public`); the routes of installed packages
are listed here. A route that nobody declared is an error.
"""

from dataclasses import asdict, dataclass

from django.core.checks import Error, register
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from coalition.members import roles

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")
LOGGED_IN = "logged in"  # any account, also one without a role
THIRD_PARTY = {
    # allauth: before log-in
    "account_login": ("public", BOTH),
    "account_signup": ("public", BOTH),  # closed: coalition/members/adapter.py
    "account_inactive": ("public", GET),
    "account_request_login_code": ("public", BOTH),
    "account_confirm_login_code": ("public", BOTH),
    "account_email_verification_sent": ("public", GET),
    "account_confirm_email": ("public", BOTH),
    "account_reset_password": ("public", BOTH),
    "account_reset_password_done": ("public", GET),
    "account_reset_password_from_key": ("public", BOTH),
    "account_reset_password_from_key_done": ("public", GET),
    "mfa_authenticate": ("public", BOTH),
    "mfa_login_webauthn": ("public", BOTH),
    # allauth: one's own account
    "account_logout": (LOGGED_IN, BOTH),
    "account_reauthenticate": (LOGGED_IN, BOTH),
    "account_email": (LOGGED_IN, BOTH),
    "account_change_password": (LOGGED_IN, BOTH),
    "account_set_password": (LOGGED_IN, BOTH),
    "mfa_index": (LOGGED_IN, GET),
    "mfa_reauthenticate": (LOGGED_IN, BOTH),
    "mfa_activate_totp": (LOGGED_IN, BOTH),
    "mfa_deactivate_totp": (LOGGED_IN, BOTH),
    "mfa_view_recovery_codes": (LOGGED_IN, GET),
    "mfa_generate_recovery_codes": (LOGGED_IN, BOTH),
    "mfa_download_recovery_codes": (LOGGED_IN, GET),
    "mfa_list_webauthn": (LOGGED_IN, GET),
    "mfa_add_webauthn": (LOGGED_IN, BOTH),
    "mfa_reauthenticate_webauthn": (LOGGED_IN, BOTH),
    "mfa_remove_webauthn": (LOGGED_IN, BOTH),
    "mfa_edit_webauthn": (LOGGED_IN, BOTH),
    "usersessions_list": (LOGGED_IN, BOTH),
}
BACK_OFFICE = "admin:"  # every route below it: coalition/admin.py
BACK_OFFICE_RIGHT = "reference.edit"


@dataclass(frozen=True)
class Route:
    """An address as declared; `roles` are those of roles.py, or "public", or "logged in"."""

    name: str
    path: str
    methods: tuple[str, ...]
    roles: tuple[str, ...]
    right: str


def routes():
    """Return every route of the portal in the order of `coalition/urls.py`."""
    return [_declared(name, path, view) for name, path, view in _all(get_resolver().url_patterns)]


def undeclared():
    """Return the addresses nobody declared."""
    return [route for route in routes() if not route.right]


def as_dicts():
    """Return the table for `manage.py access_table --json`."""
    return [asdict(route) for route in routes()]


@register()
def every_route_is_declared(app_configs=None, **kwargs):
    """Return an error for each route of which nobody has said who may open it."""
    return [
        Error(
            f"Nobody has said who may open {route.path} ({route.name}).",
            hint="Decorate the view with @allow(right) or @public(), or list it in coalition/access.py.",
            id="portal.E010",
        )
        for route in undeclared()
    ]


def _all(patterns, path="", space=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", path + str(pattern.pattern), pattern.callback
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _all(pattern.url_patterns, path + str(pattern.pattern), inner)


def _declared(name, path, view):
    right, methods = getattr(view, "right", ""), getattr(view, "methods", ())
    if not right and name.startswith(BACK_OFFICE):
        right, methods = BACK_OFFICE_RIGHT, BOTH
    if not right:
        right, methods = THIRD_PARTY.get(name, ("", ()))
    return Route(name, f"/{path}", tuple(methods), _roles(right), right)


def _roles(right):
    if right in ("public", LOGGED_IN):
        return (right,)
    return tuple(role for role in roles.ORDER if role in roles.RIGHTS.get(right, ()))
