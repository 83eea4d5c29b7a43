"""The lines that a project had in its earlier versions: its money, partners, results, indicators, values and proof.

    with earlier_lines.kept(project):
        ...change its lines and save the project...

A version without kept lines has those of the one before it. What is kept is {kind: {key of the line: its fields}}, as
plain text; going back writes the lines again under the keys they had, so that what pointed to them still does.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition import history
from projects import locks
from projects.models import (
    Activity,
    BudgetLine,
    FundingLine,
    IndicatorValue,
    LinesVersion,
    ProjectIndicator,
    ProjectPartner,
    Result,
)

PROOF = "proof"  # {key of the result: keys of the activities that show it}


@dataclass(frozen=True)
class Kind:
    """One kind of line: its rows, their way to the project, what people call it, and the fields that name one."""

    name: str
    model: type[models.Model]
    to_project: str
    label: Any
    named_by: tuple[str, ...]


KINDS = (
    Kind("funding", FundingLine, "project", gettext_lazy("Funding chain"), ("giver", "receiver")),
    Kind("budget", BudgetLine, "funding__project", gettext_lazy("Budget"), ("name_vi",)),
    Kind("partners", ProjectPartner, "project", gettext_lazy("Partners"), ("organisation",)),
    Kind("results", Result, "project", gettext_lazy("Results"), ("statement_vi",)),
    Kind("indicators", ProjectIndicator, "result__project", gettext_lazy("Indicators"), ("name_vi",)),
    Kind(
        "values",
        IndicatorValue,
        "indicator__result__project",
        gettext_lazy("Values by period"),
        ("indicator", "starts_on", "ends_on", "part"),
    ),
)


@contextmanager
def kept(project):
    """Keep the lines before and after what happens inside."""
    before = _read(project)
    LinesVersion.objects.get_or_create(project=project, version=project.version, defaults={"lines": before})
    yield
    LinesVersion.objects.update_or_create(
        project=project, version=project.version, defaults={"lines": _read(project)}
    )


def _read(project):
    lines = {kind.name: {} for kind in KINDS}
    for kind in KINDS:
        for row in kind.model.objects.filter(**{kind.to_project: project}).order_by("pk"):
            lines[kind.name][str(row.pk)] = {
                field.attname: None if field.value_from_object(row) is None else field.value_to_string(row)
                for field in row._meta.concrete_fields
            }
    proof = lines[PROOF] = {}
    links = Result.activities.through.objects.filter(result__project=project).order_by("pk")
    for result, activity in links.values_list("result", "activity"):
        proof.setdefault(str(result), []).append(activity)
    return lines


def of(project, version):
    """Return the lines of `version` (a number), or None where they have never changed."""
    found = LinesVersion.objects.filter(project=project)
    then = (
        found.filter(version__lte=version).order_by("-version").first() or found.order_by("version").first()
    )
    return then.lines if then else None


def put_back(project, lines):
    """Replace the lines of `project` by those that `of` returned; an activity that is gone proves nothing any more."""
    for held in (project.funding, project.partners, project.results):
        held.all().delete()
    for kind in KINDS:
        kind.model.objects.bulk_create(_rows(kind, lines).values())
    activities = set(
        Activity.everything.filter(pk__in=chain.from_iterable(lines[PROOF].values())).values_list(
            "pk", flat=True
        )
    )
    through = Result.activities.through
    through.objects.bulk_create(
        through(result_id=int(result), activity_id=activity)
        for result, shown_by in lines[PROOF].items()
        for activity in shown_by
        if activity in activities
    )


def locked_reason(project, lines, *, by):
    """Say why this person may not put `lines` back: they would change what was reported; empty where they may."""
    if not project.locked_until or by.has_right(locks.RIGHT):
        return ""
    now = _read(project)
    money = project.ends_on and project.ends_on <= project.locked_until
    differs = money and any(now[name] != lines[name] for name in ("funding", "budget"))
    return locks.words(project) if differs or _reported(now, project) != _reported(lines, project) else ""


def _reported(lines, project):
    until = project.locked_until.isoformat()
    return {key: row for key, row in lines["values"].items() if row["starts_on"] <= until}


# What changed, in sentences


def told(project, limit=20):
    """Return {version: sentences} of the newest changes of the lines, for `history.rows`."""
    kept_ones = list(LinesVersion.objects.filter(project=project).order_by("-version")[: 2 * limit])
    names = _Names([row.lines for row in kept_ones])
    return {
        newer.version: _sentences(newer.lines, older.lines, names) for newer, older in pairwise(kept_ones)
    }


def _sentences(now, then, names):
    return [*_of_lines(now, then, names), *_of_proof(now[PROOF], then[PROOF], names)]


def _of_lines(now, then, names):
    for kind in KINDS:
        rows, earlier = _rows(kind, now), _rows(kind, then)
        for key in sorted({*rows, *earlier}, key=int):
            if now[kind.name].get(key) != then[kind.name].get(key):
                yield _sentence(kind, rows.get(key), earlier.get(key), names)


def _of_proof(now, then, names):
    for key in sorted({*now, *then}, key=int):
        added, removed = (
            [names.of(Activity, pk) for pk in one.get(key, ()) if pk not in other.get(key, ())]
            for one, other in ((now, then), (then, now))
        )
        if added or removed:
            result = history.plainly(names.of(Result, int(key)))
            changes = history.added_and_removed(added, removed)
            yield f"{_('Activities that show it')}, “{result}”: {changes}"


def _sentence(kind, row, earlier, names):
    line = f"“{history.plainly(names.called(kind, row or earlier))}”"
    if row is None or earlier is None:
        words = _("added %(names)s") if earlier is None else _("removed %(names)s")
        return f"{kind.label}: {words % {'names': line}}"
    changes = []
    for field in kind.model._meta.concrete_fields:
        old, new = (field.value_from_object(each) for each in (earlier, row))
        if old != new:
            changes.append(history.change_of(field, old, new, names.of_field))
    return format_html(
        "{}, {}: {}", kind.label, line, format_html_join("; ", "{}", ((each,) for each in changes))
    )


def _rows(kind, lines):
    """Return {key: unsaved row} of the kept lines of one kind."""
    fields = kind.model._meta.concrete_fields
    return {
        key: kind.model(**{field.attname: field.to_python(row.get(field.attname)) for field in fields})
        for key, row in lines[kind.name].items()
    }


class _Names:
    """The names of what lines point to: kept lines as they were called last, other rows in one statement a table."""

    def __init__(self, versions):
        self.names = {}
        wanted = {Activity: set()}
        for lines in reversed(versions):
            for kind in KINDS:
                for row in _rows(kind, lines).values():
                    self.names[kind.model, row.pk] = row
                    for field in row._meta.concrete_fields:
                        if field.many_to_one and field.value_from_object(row):
                            wanted.setdefault(field.related_model, set()).add(field.value_from_object(row))
            wanted[Activity].update(chain.from_iterable(lines[PROOF].values()))
        ours = {kind.model for kind in KINDS}
        for model, keys in wanted.items():
            if model not in ours:
                self.names.update(
                    {(model, row.pk): str(row) for row in model._base_manager.filter(pk__in=keys)}
                )

    def of(self, model, pk):
        found = self.names.get((model, pk))
        if isinstance(found, models.Model):
            return self.called(next(kind for kind in KINDS if kind.model is model), found)
        return found or "…"

    def of_field(self, field, pk):
        return self.of(field.related_model, pk)

    def called(self, kind, row):
        fields = [row._meta.get_field(name) for name in kind.named_by]
        parts = [history.shown(field, field.value_from_object(row), self.of_field) for field in fields]
        return (" → " if kind.name == "funding" else ", ").join(part for part in parts if part)
