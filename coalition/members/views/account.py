"""What people say about themselves: their name, how they want to be addressed, their language."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalition.http import allow, next_url, page, public
from coalition.members.forms import SelfForm

YEAR = 365 * 24 * 3600


@public(methods=("POST",))
def language_choose(request):
    """Speak another language from now on, and stay on the page."""
    language = request.POST.get("language")
    response = redirect(next_url(request, "/"))
    if language in dict(settings.LANGUAGES):
        remember(response, language, request)
        if request.user.is_authenticated and request.user.language != language:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response


@allow("self.edit")
def self_edit(request):
    """Change one's own name, form of address and language."""
    form = SelfForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.language):
            messages.success(request, _("Your details are saved."))
        return remember(redirect("members:self_edit"), user.language, request)
    return page(
        request, "members/self_edit.html", {"form": form, "memberships": request.user.current_memberships}
    )


def remember(response, language, request):
    """Keep the language in a cookie too: for the pages before log-in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
