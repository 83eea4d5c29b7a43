"""Tags and filters of the pages' look; a built-in library, so templates need no `{% load %}`."""

from functools import lru_cache

from django import template
from django.template.base import token_kwargs
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from coalition import navigation as places

register = template.Library()


@register.simple_tag
def icon(name):
    """Show an icon of the sprite; always beside a word, so screen readers skip it."""
    return _icon(name)


@lru_cache(maxsize=256)
def _icon(name):
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false">'
        '<use href="{}#tabler-{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def theme_name(context):
    """Return the chosen colours: auto, light or dark."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "auto") if request else "auto"
    return chosen if chosen in ("light", "dark") else "auto"


@register.simple_tag(takes_context=True)
def theme_attribute(context):
    """Pin light or dark on <html>; without it the device decides."""
    theme = theme_name(context)
    return "" if theme == "auto" else format_html(' data-bs-theme="{}"', theme)


@register.simple_tag(takes_context=True)
def navigation(context):
    """Return the places this person may open, see `coalition.navigation.places`."""
    request = context["request"]
    if not hasattr(request, "_places"):
        request._places = places.places(request.user, request.path)
    return request._places


@register.simple_tag
def language_switch():
    """Return the other language: its code, short name and the words for its button."""
    if get_language() == "vi":
        return {"code": "en", "short": "EN", "words": "EN – English"}
    return {"code": "vi", "short": "VI", "words": "VI – Tiếng Việt"}


@register.simple_tag
def address(*names):
    """Return the address of the first of these URL names that exists, or an empty text."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


class CaptureNode(template.Node):
    """Renders its contents once, into a variable."""

    def __init__(self, name, nodelist):
        self.name = name
        self.nodelist = nodelist

    def render(self, context):
        context[self.name] = mark_safe(self.nodelist.render(context).strip())
        return ""


@register.tag
def capture(parser, token):
    """`{% capture name %}…{% endcapture %}`: a block that stands twice, or is tested for emptiness."""
    name = token.split_contents()[1]
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(name, nodelist)


class ComponentNode(template.Node):
    """Renders a component's template around what stands between the tags."""

    def __init__(self, file, variables, nodelist):
        self.file = file
        self.variables = variables
        self.nodelist = nodelist

    def render(self, context):
        variables = {name: value.resolve(context) for name, value in self.variables.items()}
        variables["slot"] = mark_safe(self.nodelist.render(context).strip())
        with context.push(**variables):
            return context.template.engine.get_template(self.file).render(context)


@register.tag
def component(parser, token):
    """`{% component "empty" title=… %}slot{% endcomponent %}` renders `components/empty.html`."""
    _tag, name, *rest = token.split_contents()
    variables = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError("component takes a name and keyword arguments only")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(f"components/{name.strip(chr(34))}.html", variables, nodelist)


@register.simple_tag(takes_context=True)
def part(context, registered):
    """Render a registered part (of the home page, say) with its own variables on top of the page's."""
    with context.push(**registered["context"]):
        return context.template.engine.get_template(registered["template"]).render(context)


@register.simple_tag
def state(word, tone="", when=None):
    """Say a state in words; `tone` (owed, overdue, good, quiet) only colours the line under them."""
    moment = ""
    if when:
        moment = format_html(' <span class="text-nowrap">{}</span>', _day_month(when))
    return format_html('<span class="state{}">{}{}</span>', f" state-{tone}" if tone else "", word, moment)


@register.simple_tag
def due(day, today=None, done=False):
    """Say how far away a due date is: "5 days left", "today", "overdue by 2 days"."""
    if day is None:
        return format_html('<span class="state state-quiet">{}</span>', _("no date"))
    days = (day - (today or timezone.localdate())).days
    if done:
        return format_html('<span class="state state-good">{}</span>', _("done"))
    if days < 0:
        words = ngettext("overdue by %(days)s day", "overdue by %(days)s days", -days) % {"days": -days}
        return format_html('<span class="state state-overdue">{}</span>', words)
    if days == 0:
        return format_html('<span class="state state-owed">{}</span>', _("due today"))
    words = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    return format_html('<span class="state{}">{}</span>', " state-owed" if days <= 7 else "", words)


def _day_month(when):
    day = timezone.localtime(when).date() if hasattr(when, "hour") else when
    text = f"{day.day:02}/{day.month:02}"
    return text if day.year == timezone.localdate().year else f"{text}/{day.year}"


@register.filter
def day(value):
    """Show a date or moment as dd/mm/yyyy in both languages: the coalition writes dates one way."""
    if not value:
        return "–"
    value = timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value
    return f"{value.day:02}/{value.month:02}/{value.year}"


@register.filter
def widget_kind(bound):
    """Name the kind of a field's widget for the field template: check, choices, file, or text."""
    kind = getattr(bound.field.widget, "input_type", "")
    if kind == "checkbox" and not hasattr(bound.field.widget, "add_id_index"):
        return "check"
    if kind in ("radio", "checkbox"):
        return "choices"
    return kind if kind in ("file", "hidden") else "text"


@register.simple_tag
def link_to(name, words):
    """Link to a page by its URL name; nothing where the page does not exist."""
    url = address(name)
    return format_html('<a href="{}">{}</a>', url, words) if url else ""


@register.simple_tag(takes_context=True)
def openable(context, path):
    """Return `path` if this person may open the place it is in, else an empty text; on paper, always."""
    request = context.get("request")
    return path if not path or request is None or places.opens(request.user, path) else ""
