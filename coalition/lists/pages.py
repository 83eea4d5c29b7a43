"""The one contract of list pages: a list is declared once and answered with one line.

    from coalition.lists.pages import Choices, Column, Day, ListPage, Related, Year, answer

    ACTIVITIES = ListPage(
        name="activities",                                   # unique; saved views hang on it
        title=_("Activities"),
        lead=_("What was done, and what is planned."),
        rows=lambda user: Activity.objects.visible_to(user).select_related("lead", "province"),
        columns=[
            Column("date", _("Date"), "starts_on", sort="starts_on"),
            Column("title", _("Title"), sort="sort_key", is_main=True),      # links to get_absolute_url()
            Column("lead", _("Lead"), sort="lead__sort_key"),
            Column("people", _("People"), load=people_of_rows, is_number=True),  # one statement a page
        ],
        filters=[
            Choices("kind", _("Kind"), choices=Activity.Kind.choices),
            Related("org", _("Organisation"), "lead", rows=organisations, is_typed=True),
            Year("year", _("Year"), "starts_on"),
            Day("from", _("From"), "starts_on__gte"),
        ],
        default_sort="-date",
        empty_title=_("No activity yet"), empty_text=_("Log the first one: six fields, one minute."),
        empty_action=(_("Log an activity"), "projects:activity_log", "activity.log"),  # words, URL, right
    )

    @allow("activity.see", methods=("GET",))
    def activity_list(request):
        return answer(request, ACTIVITIES, template="projects/activity_list.html")

The template is optional; it extends `lists/list.html` and may fill the blocks `actions`, `before_list` and
`after_list`. The answer is the page, its htmx part `results` or `panel`, or (`?format=csv|xlsx`) a file of
exactly this view. The address is read by `coalition.lists.reading`; the page issues a constant number of
statements: the count, the rows, the saved views, one for each `load` and each chosen `Related`.
Search is on where the rows have `.search(query)`; say `search=None` to leave it out, or give a function
`(queryset, query)`. `default_query="state=open"` is what a bare address means. `row_tone(row)` may return
a CSS class for a row. A long table says in `only` which fields every row needs and in a column's `needs` those
of one column; what is not named is not read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.lists import exports
from coalition.lists.columns import Column, rows_markup
from coalition.lists.filters import Choices, Day, Filter, Flag, Quarter, Related, Year
from coalition.lists.models import SavedView
from coalition.lists.reading import PER_PAGE, read

__all__ = ["Choices", "Column", "Day", "Filter", "Flag", "ListPage", "Quarter", "Related", "Year", "answer"]

COUNTED_UP_TO = 10_000  # beyond it the page says "more than": counting on costs more than it tells
FOUND_UP_TO = 1_000  # the same where words were searched for: each row that is counted must be read
LEFT_OUT = "…"  # between page numbers that do not follow each other
PANELS = ("filter", "columns", "view", "export")
registered: dict[str, "ListPage"] = {}


def usual_search(queryset, query):
    return queryset.search(query)


@dataclass(frozen=True, eq=False)
class ListPage:
    """A list as declared; see the head of this module."""

    name: str
    title: Any
    rows: Callable
    columns: list[Column]
    lead: Any = ""
    filters: list[Filter] = field(default_factory=list)
    default_sort: str = ""
    default_query: str = ""
    search: Callable | None = usual_search
    search_hint: Any = ""
    empty_title: Any = ""
    empty_text: Any = ""
    empty_example: Any = ""
    empty_action: tuple = ()
    row_tone: Callable | None = None
    only: tuple[str, ...] = ()

    def __post_init__(self):
        registered[self.name] = self

    @property
    def has_search(self):
        return self.search is not None

    def narrowed(self, reading, user, is_common=False):
        """Return all rows of this look, in its order. is_common: very many rows hold the words searched for."""
        found = self.rows(user)
        if reading.q and self.search:
            by_order = (
                is_common and self.only and self.search is usual_search and "__" not in reading.sorted_by
            )
            found = found.search(reading.q, is_common=True) if by_order else self.search(found, reading.q)
        for filter_, chosen in reading.chosen.items():
            found = filter_.apply(found, [each.value for each in chosen])
        return self.ordered(self.reading_only(found, reading), reading)

    def reading_only(self, rows, reading):
        """Read only the fields that the shown columns need, where the list says which (`only`)."""
        if not self.only:
            return rows
        return rows.only(*self.only, *(name for column in reading.columns for name in column.needs))

    def ordered(self, rows, reading):
        sign, column = "-" if reading.descending else "", reading.sort_column
        if column is None:
            return rows.order_by(f"{sign}pk")
        field = f"{sign}{column.sort}"
        if column.is_sparse:
            order = F(column.sort)
            field = order.desc(nulls_last=True) if reading.descending else order.asc(nulls_last=True)
        return rows.order_by(field, f"{sign}pk")


class Page:
    """One page of rows, as `components/pages.html` shows it; the count is capped.

    in_order: returns the same rows, asked for as it is quick when very many were found.
    """

    def __init__(self, rows, reading, in_order):
        self.cap = FOUND_UP_TO if reading.q else COUNTED_UP_TO
        self.count = rows.order_by()[: self.cap + 1].count()
        self.is_capped = self.count > self.cap
        self.pages = max(1, -(-min(self.count, self.cap) // reading.per))
        self.number = min(reading.page, self.pages)
        if reading.page > self.pages:
            reading.notes.append(_("The list ends at page %(page)s; this is it.") % {"page": self.pages})
        self.reading = reading
        rows = in_order() if self.is_capped and reading.q else rows
        first = (self.number - 1) * reading.per
        self.object_list = list(rows[first : first + reading.per])

    @cached_property
    def _before_number(self):
        address = self.reading.url(view=self.reading.view or None)
        return f"{address}{'&' if '?' in address else '?'}page="

    def url(self, number):
        return f"{self._before_number}{number}"

    @property
    def has_previous(self):
        return self.number > 1

    @property
    def has_next(self):
        return self.number < self.pages

    @property
    def previous_url(self):
        return self.url(self.number - 1)

    @property
    def next_url(self):
        return self.url(self.number + 1)

    @property
    def links(self):
        """The first, the last and those around this one as (number, address), this one without an address."""
        last, here = self.pages, self.number
        near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
        shown, before = [], 0
        for number in near:
            if number - before > 1:
                shown.append((LEFT_OUT, ""))
            shown.append((str(number), "" if number == here else self.url(number)))
            before = number
        return shown


def answer(request, listpage, template="lists/list.html", context=None):
    """Answer a request for a list: the page, a part of it, or a file of exactly this view."""
    views = SavedView.objects.beside(listpage.name, request.user)
    reading = read(request, listpage, views)
    rows = listpage.narrowed(reading, request.user)
    if request.GET.get("format") in exports.FORMATS:
        return exports.answer(request, listpage, reading, rows)
    target = request.htmx.target if request.htmx and not request.htmx.boosted else None
    shown = {
        **(context or {}),
        "list": listpage,
        "reading": reading,
        "panel": _panel(request, listpage, reading),
        "views": _views(request, reading, views),
    }
    if target == "panel":
        response = render(request, "lists/panel.html", shown)
    else:
        shown |= _table(listpage, reading, rows, request.user)
        response = render(request, "lists/list.html#results" if target == "results" else template, shown)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _table(listpage, reading, rows, user):
    page = Page(rows, reading, lambda: listpage.narrowed(reading, user, is_common=True))
    found = page.object_list
    loaded = {column.key: column.load(found) for column in reading.columns if column.load}
    is_empty = not found and (not reading.is_narrowed or not listpage.rows(user).exists())
    return {
        "page": page,
        "rows": rows_markup(reading.columns, found, loaded, listpage.row_tone),
        "heads": [_head(column, reading) for column in reading.columns],
        "chips": [
            (f"{filter_.label}: {each.words}", reading.without(filter_, each))
            for filter_, chosen in reading.chosen.items()
            for each in chosen
        ],
        "count_words": count_words(page),
        "is_empty": is_empty,
        "empty_action": _action(listpage, user) if is_empty else None,
    }


def count_words(page):
    """Say how many rows there are: "1.234 results", "more than 10.000 results"."""
    if page.is_capped:
        return _("More than %(count)s results") % {"count": number_format(page.cap, force_grouping=True)}
    words = ngettext("%(count)s result", "%(count)s results", page.count)
    return words % {"count": number_format(page.count, force_grouping=True)}


def _head(column, reading):
    is_sorted = reading.sort_column is column
    if not column.sort:
        return {"column": column, "url": "", "order": ""}
    turned = column.key if not is_sorted or reading.descending else f"-{column.key}"
    order = ("descending" if reading.descending else "ascending") if is_sorted else ""
    return {"column": column, "url": reading.url(sort=turned), "order": order}


def _action(listpage, user):
    if not listpage.empty_action:
        return None
    words, name, right = listpage.empty_action
    if not user.has_right(right):
        return None
    try:
        return words, reverse(name)
    except NoReverseMatch:
        return None


def _panel(request, listpage, reading):
    """Return what the open panel shows, or None: panels are opened by address, so that lists stay light."""
    name = request.GET.get("panel")
    if name not in PANELS:
        return None
    panel = {"name": name, "close": reading.url()}
    if name == "filter":
        panel["filters"] = [_filter_field(filter_, reading, request.user) for filter_ in listpage.filters]
    if name == "columns":
        shown = {column.key for column in reading.columns}
        free = [column for column in listpage.columns if not column.is_main]
        panel["columns"] = [(column, column.key in shown) for column in free]
        panel["per_page"] = PER_PAGE
    if name == "view":
        panel["sharing"] = (
            SavedView.Sharing.choices if request.user.organisation_ids else [SavedView.Sharing.choices[0]]
        )
    return panel


def _filter_field(filter_, reading, user):
    chosen = reading.chosen.get(filter_, [])
    raw = [each.raw for each in chosen]
    options = [(value, words, value in raw) for value, words in filter_.options(user)]
    few = filter_.widget == "choices" or len(options) <= 12
    return {
        "filter": filter_,
        "chosen": chosen,
        "options": options,
        "widget": filter_.widget if not (filter_.widget == "select" and few) else "choices",
        "first": raw[0] if raw else "",
    }


def _views(request, reading, views):
    return [
        {
            "view": view,
            "url": f"{reading.path}?view={view.public_id}",
            "is_here": view.public_id == reading.view,
            "is_mine": view.owner_id == request.user.pk,
        }
        for view in views
    ]
