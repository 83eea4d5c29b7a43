"""How a request is let in and answered: rights on views, pages and their htmx parts, conflicts."""

import unicodedata
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBadRequest
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from coalition.records import Closed, Conflict


def allow(right, methods=("GET", "POST")):
    """Let in people who have `right` (a name in coalition/members/roles.py); others get 403.

    What of the data they see is decided by `visible_to` and `editable_by`, which answer 404.
    """

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if request.method not in allowed:
                return not_allowed(allowed)
            if not request.user.has_right(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        allowed = {*methods, "HEAD"} if "GET" in methods else {*methods}
        checked.right, checked.methods = right, sorted(methods)
        return checked

    return decorate


def public(methods=("GET",)):
    """Let anybody in, without log-in. Every such view is listed in tests/test_access.py."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if request.method not in allowed:
                return not_allowed(allowed)
            return view(request, *args, **kwargs)

        allowed = {*methods, "HEAD"} if "GET" in methods else {*methods}
        checked = login_not_required(checked)
        checked.right, checked.methods = "public", sorted(methods)
        return checked

    return decorate


def not_allowed(methods):
    """Answer 405, naming the methods that the address takes."""
    return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(methods))})


def page(request, template, context=None, status=None):
    """Render the page, or only its part when htmx asks for one.

    The id of an element, the name of its partialdef and the hx-target are one word, so the part is
    `template#target`.
    """
    target = request.htmx.target if request.htmx and not request.htmx.boosted else None
    if target and status is None:
        from django.template.exceptions import TemplateDoesNotExist
        from template_partials.templatetags.partials import TemplateProxy  # noqa: F401  (the loader knows "#")

        try:
            return render(request, f"{template}#{target}", context)
        except TemplateDoesNotExist:
            pass  # a target that is not a part of this page: the whole page is right for it
    return render(request, template, context, status=status)


def one_token(request):
    """Let all forms of a page share one CSRF token (a context processor): masking it anew for each is dear."""
    return {"csrf_token": SimpleLazyObject(lambda: get_token(request))}


def next_url(request, default):
    """Return the address to go back to, if the request names one of ours, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return default


def download(content, filename, content_type):
    """Answer with bytes (or an iterator of them) to be kept as `filename`, never opened in the page."""
    from django.http import FileResponse, StreamingHttpResponse
    from django.utils.http import content_disposition_header

    name = unicodedata.normalize("NFC", filename)
    kind = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    if hasattr(content, "read"):
        kind = FileResponse
    response = kind(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


class CleanInputMiddleware:
    """Refuse addresses with NUL bytes or broken encoding before anything reads them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest()
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Keep pages of logged-in people out of shared caches, and htmx out of log-in pages.

    A part that answers "log in first" must leave the page, not fill a corner of it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        if (
            request.htmx
            and response.status_code in (301, 302)
            and "/accounts/" in response.get("Location", "")
        ):
            return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
        return response


class ConflictMiddleware:
    """Turn a save over somebody else's save into a page with both versions, and a closed record into its reason."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Conflict):
            return render(request, "conflict.html", {"conflict": exception}, status=409)
        if isinstance(exception, Closed):
            return render(request, "closed.html", {"closed": exception}, status=409)
        return None
