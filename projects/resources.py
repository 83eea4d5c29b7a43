"""The columns of an activity spreadsheet: their names, what may stand in a cell, and what it means.

django-import-export names the columns and cleans the cells here; `projects.imports` plans and writes whole
sheets at once, because its own row-by-row writing takes six statements a row.
"""

import datetime as dt
import re
from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields, resources, widgets

from coalition import text
from coalition.members import names
from coalition.reference.models import Province
from projects.models import Activity, Project

YES = {"x", "co", "yes", "1", "true", "dung"}
NO = {"", "khong", "no", "0", "false"}


class Text(widgets.Widget):
    def __init__(self, longest=None, is_required=False):
        super().__init__()
        self.longest, self.is_required = longest, is_required

    def clean(self, value, row=None, **kwargs):
        found = text.clean("" if value is None else _whole(value)).strip()
        if self.is_required and not found:
            raise ValueError(_("This cell must not be empty."))
        if self.longest and len(found) > self.longest:
            raise ValueError(_("At most %(longest)s letters.") % {"longest": self.longest})
        return found


class Day(widgets.Widget):
    """A date cell, or text in the order day/month/year or year-month-day."""

    def __init__(self, is_required=False):
        super().__init__()
        self.is_required = is_required

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        written = text.clean("" if value is None else str(value)).strip()
        if not written:
            if self.is_required:
                raise ValueError(_("This cell must not be empty."))
            return None
        for pattern in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"):
            try:
                return dt.datetime.strptime(written, pattern).date()  # noqa: DTZ007  (a day has no zone)
            except ValueError:
                continue
        raise ValueError(_("Write the date as day/month/year, for example 05/03/2019."))


class Number(widgets.Widget):
    """A whole number, also as "1.500"; blank is not known and stays so."""

    def clean(self, value, row=None, **kwargs):
        written = "" if value is None else _whole(value).strip()
        if not written:
            return None
        if re.fullmatch(r"\d{1,3}([.,\s]\d{3})+", written, re.ASCII):
            written = re.sub(r"\D", "", written)
        if not re.fullmatch(r"\d{1,6}", written, re.ASCII):
            raise ValueError(_("A whole number, please; leave it blank if nobody counted."))
        return int(written)


class Choice(widgets.Widget):
    """One of few values, by its code or its word in either language."""

    def __init__(self, choices, words_vi, otherwise):
        super().__init__()
        self.otherwise = otherwise
        self.known = {text.fold(word): value for value, word in words_vi.items()}
        self.known |= {text.fold(value): value for value, _word in choices}

    def clean(self, value, row=None, **kwargs):
        written = text.fold(text.clean("" if value is None else str(value))).strip()
        if not written:
            return self.otherwise
        if written not in self.known:
            raise ValueError(_("Not one of: %(words)s") % {"words": ", ".join(sorted(self.known))})
        return self.known[written]


class YesNo(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        written = text.fold("" if value is None else _whole(value)).strip()
        if written not in YES | NO:
            raise ValueError(_("Write x for yes and leave it blank for no."))
        return written in YES


class Several(widgets.Widget):
    """Names with semicolons between them."""

    def clean(self, value, row=None, **kwargs):
        return [
            part.strip()
            for part in text.clean("" if value is None else str(value)).split(";")
            if part.strip()
        ]


def _whole(value):
    """Return a cell as text; a spreadsheet keeps 12 as 12.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


KINDS_VI = {
    "training": "tập huấn", "workshop": "hội thảo", "meeting": "họp", "dialogue": "đối thoại",
    "consultation": "tham vấn", "campaign": "chiến dịch", "launch": "công bố", "policy": "góp ý chính sách",
    "other": "khác",
}  # fmt: skip
STATES_VI = {"planned": "kế hoạch", "held": "đã tổ chức", "postponed": "hoãn", "cancelled": "huỷ"}


def _column(attribute, name, widget):
    return fields.Field(attribute=attribute, column_name=name, widget=widget)


class ActivityResource(resources.ModelResource):
    """The columns, in the order of the template; the key says which row is which when it comes again."""

    external_key = _column("external_key", gettext_lazy("Key"), Text(80, is_required=True))
    title = _column("title", gettext_lazy("Activity"), Text(300, is_required=True))
    kind = _column("kind", gettext_lazy("Kind"), Choice(Activity.Kind.choices, KINDS_VI, "other"))
    state = _column("state", gettext_lazy("State"), Choice(Activity.State.choices, STATES_VI, "held"))
    starts_on = _column("starts_on", gettext_lazy("Date"), Day(is_required=True))
    ends_on = _column("ends_on", gettext_lazy("Until"), Day())
    lead = _column("lead", gettext_lazy("Lead organisation"), Text(is_required=True))
    province = _column("province", gettext_lazy("Province"), Text())
    place = _column("place", gettext_lazy("Place"), Text(200))
    is_online = _column("is_online", gettext_lazy("Online"), YesNo())
    projects = _column("projects", gettext_lazy("Project codes"), Several())
    women = _column("women", gettext_lazy("Women"), Number())
    men = _column("men", gettext_lazy("Men"), Number())
    children = _column("children", gettext_lazy("Children"), Number())
    not_known = _column("not_known", gettext_lazy("Not known"), Number())
    organisations = _column("organisations", gettext_lazy("Organisations that took part"), Several())
    summary = _column("summary", gettext_lazy("What happened"), Text())
    outcome = _column("outcome", gettext_lazy("What came of it"), Text())

    class Meta:
        model = Activity
        import_id_fields = ("lead", "external_key")  # never the primary key
        fields = (
            *("external_key", "title", "kind", "state", "starts_on", "ends_on", "lead", "province", "place"),
            *("is_online", "projects", "women", "men", "children", "not_known", "organisations"),
            *("summary", "outcome"),
        )


COLUMNS = ActivityResource._meta.fields  # the order of the template


class Known:
    """The organisations, provinces and projects that cells may name, read once for a whole sheet."""

    def __init__(self):
        self.organisations = names.index()
        projects = list(Project.objects.only("code", "locked_until"))
        self.projects = {text.fold(project.code): project.pk for project in projects}
        self.locked = {project.pk: project.locked_until for project in projects if project.locked_until}
        self.provinces = defaultdict(list)
        found = list(Province.objects.all())
        self.by_pk = {province.pk: province for province in found}
        for province in found:
            for name in {province.name_vi, province.name_en, province.full_name_vi, province.uid,
                         *province.alt_names.split(";")} - {""}:  # fmt: skip
                self.provinces[text.fold(name)].append(province)

    def organisation(self, name):
        found = names.find(name, self.organisations)
        if found is None:
            raise ValueError(_("No organisation is known by this name: “%(name)s”") % {"name": name})
        return found

    def project(self, code):
        if text.fold(code) not in self.projects:
            raise ValueError(_("There is no project with the code “%(code)s”.") % {"code": code})
        return self.projects[text.fold(code)]

    def province(self, name, day):
        """Return the id of the unit of that name as it stood on `day`."""
        if not name:
            return None
        found = self.provinces.get(text.fold(name), [])
        if not found:
            raise ValueError(_("There is no province of this name."))
        fitting = [province for province in found if _stood(province, day)]
        if fitting:
            return fitting[0].pk
        later = {province.successor_id for province in found if province.successor_id}
        if len(later) == 1 and _stood(self.by_pk[min(later)], day):
            return min(later)
        raise ValueError(_("On that day there was no province of this name; write the one of the time."))


def _stood(province, day):
    return (province.valid_from is None or province.valid_from <= day) and (
        province.valid_to is None or day <= province.valid_to
    )
