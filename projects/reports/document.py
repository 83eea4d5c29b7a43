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


def scope_of(report):
    """Return the Scope of a DonorReport."""
    return registry.Scope(
        report.project, report.starts_on, report.ends_on, report.language, report.province_generation
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
                {"number": part.number, "code": part.code, "title": part.title_in(scope.language),
                 "written": text, "blocks": filled}
            )
        return {
            "format": 1,
            "title": title,
            "language": scope.language,
            "template": template_code,
            "generation": scope.generation,
            "period": [scope.starts_on.isoformat(), scope.ends_on.isoformat()],
            "period_words": _("%(start)s to %(end)s") % {
                "start": formats.date_format(scope.starts_on, "SHORT_DATE_FORMAT"),
                "end": formats.date_format(scope.ends_on, "SHORT_DATE_FORMAT"),
            },
            "lead": scope.project.lead.name_in(scope.language) if scope.project else "",
            "project": scope.project.title_in(scope.language) if scope.project else "",
            "made_on": made_on.isoformat(),
            "sections": sections,
        }


def build_for(report, *, made_on, on_section=None):
    """Return the data of a stored report: the snapshot if it is finished, else built now."""
    if report.snapshot:
        return report.snapshot
    written = dict(report.sections.values_list("code", "text"))
    return build(scope_of(report), report.template_code, title=report.title, made_on=made_on, written=written,
                 on_section=on_section)


def canonical(document):
    """Return the bytes that stand for a document: sorted keys, UTF-8, no spaces."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(document):
    """Return the SHA-256 of a document as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


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
        if kind in ("number", "money") and not isinstance(cell, str):
            return formats.number_format(cell, use_l10n=True, force_grouping=True)
        if kind in ("number", "money"):
            return formats.number_format(Decimal(cell), use_l10n=True, force_grouping=True)
    return str(cell)
