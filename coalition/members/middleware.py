"""Who is asking decides the language, and whether a second factor must be set up first."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation


class LanguageMiddleware:
    """Speak the language of the person's profile; of the cookie before log-in; Vietnamese otherwise.

    The browser's own wish is not asked: half of the coalition's computers say English.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.codes = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request):
        wanted = request.user.language if request.user.is_authenticated else None
        wanted = wanted or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = wanted if wanted in self.codes else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class SecondFactorMiddleware:
    """Lead people whose role needs a second factor to the page where they set one up."""

    OPEN = ("/accounts/", "/static/", "/health/", "/theme/", "/language/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if (
            settings.SECOND_FACTOR_ROLES
            and user.is_authenticated
            and not request.path.startswith(self.OPEN)
            and user.roles & set(settings.SECOND_FACTOR_ROLES)
            and not user.authenticator_set.exists()
        ):
            return redirect(reverse("mfa_index"))
        return self.get_response(request)
