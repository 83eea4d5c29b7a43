"""The home page: three questions, answered by parts that the rooms register from `AppConfig.ready()`.

    home.register(10, "owe", duties.for_home, "obligations/home_owe.html")
    home.register_dots(activities_of_the_year)

A part's function takes `(user, today)` and returns the context of its template, or None when it has
nothing to say to this person. A dots function takes `(user, year)` and yields `ribbon.Dot`s. The page
as a whole issues at most twelve statements, so a part should need one or two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition import ribbon
from coalition.http import allow, next_url, page, public

QUESTIONS = {
    "owe": _("What do we owe?"),
    "next": _("What comes next?"),
    "doing": _("How are we doing?"),
}


@dataclass(frozen=True, order=True)
class Part:
    """One answer to one question: where it stands, what fills it, how it is shown."""

    order: int
    template: str
    question: str
    function: Callable[[Any, Any], dict | None]


THEMES = ("auto", "light", "dark")

_parts: list[Part] = []
_public: list[Part] = []
_dots: list[Callable] = []


def register(order, question, function, template):
    """Put a part on the home page; registering the same template again replaces it."""
    if question not in QUESTIONS:
        raise ValueError(f"The home page asks {', '.join(QUESTIONS)}; not {question}.")
    _parts[:] = [part for part in _parts if part.template != template]
    _parts.append(Part(order, template, question, function))


def register_public(order, function, template):
    """Put a part on the page that everybody may read; `function(today)` returns its context, or None."""
    _public[:] = [part for part in _public if part.template != template]
    _public.append(Part(order, template, "", function))


def register_dots(function):
    """Let `function(user, year)` yield `ribbon.Dot`s for the year ribbon."""
    if function not in _dots:
        _dots.append(function)


def parts():
    """Return the registered parts, for a room that must not tell what another room tells."""
    return tuple(_parts)


def dots_functions():
    return tuple(_dots)


def answers(user, today):
    """Ask every registered part; return the three questions, each with what was answered."""
    filled = {question: [] for question in QUESTIONS}
    for part in sorted(_parts, key=lambda part: (part.order, part.template)):
        context = part.function(user, today)
        if context is not None:
            filled[part.question].append({"template": part.template, "context": context})
    return [{"key": key, "title": title, "parts": filled[key]} for key, title in QUESTIONS.items()]


def year_ribbon(user, year, today):
    """Collect the dots of everybody who registered and lay out the ribbon."""
    dots = [dot for provide in _dots for dot in provide(user, year)]
    return ribbon.build(year, today, dots, ribbon.holidays_of(year, get_language()))


@allow("home", methods=("GET",))
def home(request):
    """Show what we owe, what comes next and how we are doing."""
    today = timezone.localdate()
    year = _year(request.GET.get("year"), today)
    return page(
        request,
        "home/home.html",
        {
            "questions": answers(request.user, today),
            "ribbon": year_ribbon(request.user, year, today),
            "today": today,
        },
    )


@allow("home", methods=("GET",))
def part(request, part):
    """Show one of the three questions alone, for a page that wants to refresh it."""
    if part not in QUESTIONS:
        raise Http404
    asked = next(each for each in answers(request.user, timezone.localdate()) if each["key"] == part)
    return page(request, "home/question.html", {"question": asked})


@public()
def open_to_all(request):
    """Show everybody, without log-in, what the coalition has made public."""
    today = timezone.localdate()
    answered = [{"template": part.template, "context": part.function(today)} for part in sorted(_public)]
    parts = [part for part in answered if part["context"] is not None]
    return page(request, "public/open.html", {"parts": parts})


@public(methods=("POST",))
def theme_choose(request):
    """Remember light, dark or the device's own choice in a cookie, and go back to the page."""
    theme = request.POST.get("theme")
    response = redirect(next_url(request, "/"))
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=365 * 24 * 3600, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def bad_request(request, exception=None):
    """Say that the address or the form could not be read."""
    return render(request, "400.html", status=400)


def not_for_you(request, exception=None):
    """Say that the person may not do this, and who could let them."""
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """Say that nothing is here for this person; what exists elsewhere is not told."""
    return render(request, "404.html", status=404)


def our_fault(request):
    """Say that we failed, without touching the database or the session."""
    return render(None, "500.html", status=500)


def _year(text, today):
    """Read a year typed into the address; anything else is this year."""
    if text and text.isascii() and text.isdigit() and len(text) == 4 and 2000 <= int(text) <= 2100:
        return int(text)
    return today.year
