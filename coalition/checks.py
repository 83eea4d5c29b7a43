"""Checks at start: a production site refuses to run with settings meant for one's own machine."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured


@register(Tags.security)
def production_is_safe(app_configs=None, **kwargs):
    """Return an error for each default that must not meet the outside world."""
    if not settings.PRODUCTION:
        return []
    errors = []
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY or len(settings.SECRET_KEY) < 32:
        errors.append(
            Error(
                "SECRET_KEY is the default or too short.",
                hint="Set SECRET_KEY, or SECRET_KEY_FILE, to 50 random letters: bin/make_secrets.py.",
                id="portal.E001",
            )
        )
    if settings.DEBUG:
        errors.append(Error("DEBUG is on.", hint="Remove DEBUG from the environment.", id="portal.E002"))
    if "*" in settings.ALLOWED_HOSTS or not settings.ALLOWED_HOSTS:
        errors.append(
            Error(
                "ALLOWED_HOSTS lets any host name in.",
                hint="Name the portal's own hosts, separated by commas: portal.example.org",
                id="portal.E003",
            )
        )
    return errors


def refuse_unsafe_production():
    """Raise ImproperlyConfigured with every reason: gunicorn and celery run no checks of their own."""
    errors = production_is_safe()
    if errors:
        reasons = "\n".join(f"  {error.msg} {error.hint}" for error in errors)
        raise ImproperlyConfigured(f"PRODUCTION is on, and these settings are not safe:\n{reasons}")
