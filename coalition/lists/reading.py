"""Reads the address of a list page: what is looked for, filtered, sorted, shown, and which page.

    ?q=tre+em&org=abc&org=def&year=2019&sort=-date&cols=date,title&page=2&per=50

Whatever cannot be read is left out and named in `notes`; no address is an error.
"""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from coalition import text

PER_PAGE = (25, 50, 100)
OWN = {"q", "sort", "cols", "page", "per", "view", "format", "separator", "panel", "all", "download"}


@dataclass
class Reading:
    """One person's look at one list. `url(...)` is the same look with something changed."""

    path: str
    params: MultiValueDict  # only what was understood
    q: str = ""
    chosen: dict = field(default_factory=dict)  # filter → [Chosen]
    sort_column: object = None
    descending: bool = False
    columns: list = field(default_factory=list)
    page: int = 1
    per: int = PER_PAGE[0]
    view: str = ""
    notes: list = field(default_factory=list)

    @property
    def is_narrowed(self):
        return bool(self.q or self.chosen)

    @property
    def sort(self):
        return f"{'-' if self.descending else ''}{self.sort_column.key}" if self.sort_column else ""

    @property
    def sorted_by(self):
        """The field that the rows are sorted by; empty for the order in which they were written."""
        return self.sort_column.sort if self.sort_column else ""

    def url(self, **changes):
        """Return the address with parameters replaced; None removes one. The page number is dropped."""
        params = {name: values for name, values in self.params.lists() if name != "page"}
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value if isinstance(value, list) else [str(value)]
        return f"{self.path}?{urlencode(params, doseq=True)}" if params else self.path

    def without(self, filter_, chosen):
        """Return the address without one value of one filter."""
        left = [value for value in self.params.getlist(filter_.name) if value != chosen.raw]
        is_narrowed = left or self.q or any(other is not filter_ for other in self.chosen)
        return self.url(**{filter_.name: left or None, "all": None if is_narrowed else "1"})

    @cached_property
    def query(self):
        """The query of this look, with its question mark; empty where there is none."""
        return self.url()[len(self.path) :]

    @cached_property
    def without_q(self):
        return self.url(q=None)

    @cached_property
    def filter_url(self):
        return self.url(panel="filter")

    @cached_property
    def columns_url(self):
        return self.url(panel="columns")

    @cached_property
    def view_url(self):
        return self.url(panel="view")

    @cached_property
    def export_url(self):
        return self.url(panel="export")

    @cached_property
    def xlsx_url(self):
        return self.url(format="xlsx")

    @cached_property
    def csv_url(self):
        return self.url(format="csv")

    @cached_property
    def csv_semicolon_url(self):
        return self.url(format="csv", separator="semicolon")

    @cached_property
    def saved_query(self):
        """What a saved view keeps: everything but the page."""
        params = self.params.copy()
        for name in ("page", "all"):
            params.pop(name, None)
        return _written(params)


def _written(params):
    return urlencode(list(params.lists()), doseq=True)


def read(request, listpage, views=()):
    """Return the Reading of a request for `listpage`; `views` are the saved views this person may use."""
    given = request.GET
    reading = Reading(request.path, MultiValueDict())
    view = next((view for view in views if view.public_id == given.get("view")), None)
    if not given:
        view = next((view for view in views if view.is_default and view.owner_id == request.user.pk), None)
    if view:
        reading.view = view.public_id
        if not set(given) - {"view", "page", "format", "separator", "panel"}:
            given = _joined(QueryDict(view.query), given)
    elif "view" in given:
        reading.notes.append(_("This view no longer exists; here is the whole list."))
    if not given and listpage.default_query:
        given = QueryDict(listpage.default_query)
    _read_search(reading, given, listpage)
    _read_filters(reading, given, listpage, request.user)
    _read_order(reading, given, listpage)
    _read_columns(reading, given, listpage)
    _read_page(reading, given)
    known = OWN | {filter_.name for filter_ in listpage.filters}
    strange = [name[:40] for name in given if name not in known]
    if strange:
        words = _("Not understood in the address, so left out: %(names)s")
        reading.notes.append(words % {"names": ", ".join(strange)})
    if given.get("all"):
        reading.params["all"] = "1"
    return reading


def _joined(saved, given):
    params = saved.copy()
    for name, values in given.lists():
        if name != "view":
            params.setlist(name, values)
    return params


def _read_search(reading, given, listpage):
    if listpage.search:
        reading.q = text.clean(given.get("q", "")).strip()[:200]
        if reading.q:
            reading.params["q"] = reading.q


def _read_filters(reading, given, listpage, user):
    for filter_ in listpage.filters:
        raw_values = [value for value in given.getlist(filter_.name) if value.strip()][:50]
        if not raw_values:
            continue
        chosen, unread = filter_.read(raw_values, user)
        if chosen:
            reading.chosen[filter_] = chosen
            reading.params.setlist(filter_.name, [each.raw for each in chosen])
        if unread:
            reading.notes.append(
                _("Filter not valid: %(filter)s = %(value)s")
                % {"filter": filter_.label, "value": ", ".join(raw[:40] for raw in unread)}
            )


def _read_order(reading, given, listpage):
    wanted = given.get("sort", "")
    by_key = {column.key: column for column in listpage.columns if column.sort}
    if wanted and wanted.removeprefix("-") not in by_key:
        reading.notes.append(_("This list cannot be sorted by “%(column)s”.") % {"column": wanted[:40]})
        wanted = ""
    if wanted:
        reading.params["sort"] = wanted
    used = wanted or listpage.default_sort
    reading.sort_column = by_key.get(used.removeprefix("-"))
    reading.descending = used.startswith("-")


def _read_columns(reading, given, listpage):
    by_key = {column.key: column for column in listpage.columns}
    keys = [key for value in given.getlist("cols") for key in value.split(",") if key][:60]
    strange = [key[:40] for key in keys if key not in by_key]
    if strange:
        reading.notes.append(_("No such column: %(names)s") % {"names": ", ".join(strange)})
    chosen = list(dict.fromkeys(key for key in keys if key in by_key))
    if chosen:
        main = [column.key for column in listpage.columns if column.is_main and column.key not in chosen]
        reading.columns = [by_key[key] for key in [*main, *chosen]]
        reading.params["cols"] = ",".join(chosen)
    else:
        reading.columns = [column for column in listpage.columns if column.is_shown]


def _read_page(reading, given):
    page, per = given.get("page", ""), given.get("per", "")
    if page:
        if page.isascii() and page.isdigit() and 0 < len(page) <= 6 and int(page):
            reading.page = int(page)
        else:
            reading.notes.append(_("There is no page “%(page)s”; this is the first.") % {"page": page[:40]})
    if per:
        if per in [str(number) for number in PER_PAGE]:
            reading.per = int(per)
            reading.params["per"] = per
        else:
            reading.notes.append(_("A page holds 25, 50 or 100 rows."))
