"""A report as data: built from the log, frozen as canonical JSON, shown in any form."""

import datetime as dt
import hashlib
import json
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from projects.reports import blocks as b
from projects.reports import cleaning, outlines, registry

BOTH, TWIN = "both", "-en"  # a report in both languages; what ends the codes of its English sections


def scope_of(report, language):
    """Return the Scope of a DonorReport in a language."""
    return registry.Scope(
        report.project,
        report.starts_on,
        report.ends_on,
        language,
        report.province_generation,
        report.organisation,
        report.topic,
    )


def build(scope, template_code, *, title, made_on, written=None, on_section=None):
    """Return the report as plain data.

    written: {section code: limited HTML} of the coordinator. on_section: called with (done, total,
    title) before each section, for a true progress bar. Raises KeyError for an unknown template.
    """
    written, sections = written or {}, []
    outline = outlines.outline(template_code)
    with override(scope.language):
        for done, part in enumerate(outline):
            if on_section:
                on_section(done, len(outline), part.title_in(scope.language))
            found = [registry.section(code) for code in part.fillers]
            filled = [block for section in found if section for block in section.blocks(scope)]
            text = cleaning.clean_html(written.get(part.code, ""))
            if not filled and not text:
                filled = [b.gap(_("Nothing in the portal fills this section: please write it."))]
            sections.append(
                {
                    "number": part.number,
                    "code": part.code,
                    "title": part.title_in(scope.language),
                    "language": scope.language,
                    "written": text,
                    "blocks": filled,
                }
            )
        return {
            "format": 1,
            "title": title,
            "language": scope.language,
            "template": template_code,
            "generation": scope.generation,
            "period": [scope.starts_on.isoformat(), scope.ends_on.isoformat()],
            "period_words": _("%(start)s to %(end)s")
            % {
                "start": formats.date_format(scope.starts_on, "SHORT_DATE_FORMAT"),
                "end": formats.date_format(scope.ends_on, "SHORT_DATE_FORMAT"),
            },
            "lead": _lead(scope),
            "project": scope.project.title_in(scope.language) if scope.project else "",
            "made_on": made_on.isoformat(),
            "sections": sections,
        }


def _lead(scope):
    lead = scope.project.lead if scope.project else scope.organisation
    return lead.name_in(scope.language) if lead else ""


def build_for(report, *, made_on, on_section=None):
    """Return the data of a stored report: the snapshot if it is finished, else built now."""
    return report.snapshot or build_now(report, made_on=made_on, on_section=on_section)


def build_now(report, *, made_on, on_section=None):
    """Return what the log says now about a stored report, finished or not."""
    written = dict(report.sections.values_list("code", "text"))

    def built(language, texts):
        return build(
            scope_of(report, language),
            report.template_code,
            title=report.title,
            made_on=made_on,
            written=texts,
            on_section=on_section,
        )

    if report.language != BOTH:
        return built(report.language, written)
    english = {code.removesuffix(TWIN): text for code, text in written.items() if code.endswith(TWIN)}
    return side_by_side(built("vi", written), built("en", english))


def side_by_side(document, twin):
    """Return the Vietnamese document with each English section after its Vietnamese one."""
    pairs = zip(document["sections"], twin["sections"], strict=True)
    sections = [part for one, other in pairs for part in (one, {**other, "code": other["code"] + TWIN})]
    return {**document, "sections": sections}


def canonical(document):
    """Return the bytes that stand for a document: sorted keys, UTF-8, no spaces."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(document):
    """Return the SHA-256 of a document as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def figures(document):
    """Return {(section code, place, words): value} of the figures of a document."""
    return {
        (section["code"], place, block["words"]): block["value"]
        for section in document["sections"]
        for place, block in enumerate(section["blocks"])
        if block["type"] == "figure"
    }


def differences(then, now):
    """Return what has changed between two builds of a report as (section title, what, then, now).

    Figures are compared by value, tables by their rows: so many rows gone, so many new.
    """
    found = []
    later = {section["code"]: section for section in now["sections"]}
    for section in then["sections"]:
        other = later.get(section["code"], {"blocks": []})
        for kind in ("figure", "table"):
            pairs = zip(_of_kind(section, kind), _of_kind(other, kind), strict=False)
            for old, new in pairs:
                found += [(section["title"], *change) for change in _changes(kind, old, new)]
    return found


def _of_kind(section, kind):
    return [block for block in section["blocks"] if block["type"] == kind]


def _changes(kind, old, new):
    if kind == "figure":
        return [(old["words"], old["value"], new["value"])] if old["value"] != new["value"] else []
    before, after = ({json.dumps(row, sort_keys=True) for row in block["rows"]} for block in (old, new))
    if before == after:
        return []
    words = _("%(table)s: rows that are gone or new") % {"table": old["title"]}
    return [(words, len(before - after), len(after - before))]


def opening(document):
    """Return a first sentence about the period, from the figures, for a coordinator to go on from; or ""."""
    values = [
        block for section in document["sections"] for block in section["blocks"] if block["type"] == "figure"
    ]
    if not values:
        return ""
    listed = list(
        dict.fromkeys(f"{show(b['value'], 'number', document['language'])} {b['words']}" for b in values)
    )[:3]
    with override(document["language"]):
        return _("From %(period)s: %(figures)s.") % {
            "period": document["period_words"],
            "figures": ", ".join(listed),
        }


def gaps(document):
    """Return the titles of the sections that nothing fills yet."""
    return [
        f"{section['number']}. {section['title']}"
        for section in document["sections"]
        if not section["written"] and all(block["type"] == "gap" for block in section["blocks"])
    ]


def show(cell, kind, language):
    """Return a table cell as a person reads it: "1.234.567", "05/03/2020", a dash for what is not known."""
    if cell is None or cell == "":
        return "–"
    with override(language):
        if kind == "date":
            return formats.date_format(dt.date.fromisoformat(cell), "SHORT_DATE_FORMAT")
        if kind in ("number", "money"):
            number = Decimal(str(cell))
            whole = number == number.to_integral_value()
            return formats.number_format(number, 0 if whole else None, use_l10n=True, force_grouping=True)
    return str(cell)
