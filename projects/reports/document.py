"""A report as data: built from the log, frozen as canonical JSON, shown in any form."""

import dataclasses
import datetime as dt
import hashlib
import json
from decimal import Decimal
from itertools import zip_longest

from django.conf import settings
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

    written: {section code: words} of the coordinator. on_section: called with (done, total, title) before
    each section, for a true progress bar. Raises KeyError for an unknown template.
    """
    written, sections = written or {}, []
    scope = dataclasses.replace(scope, made_on=made_on)
    outline = scope.once("outline", lambda: outlines.outline(template_code))
    with override(scope.language):
        for done, part in enumerate(outline):
            if on_section:
                on_section(done, len(outline), part.title_in(scope.language))
            sections.append(_section(part, scope, written.get(part.code, "")))
        return {
            "format": 2,
            "title": title,
            "language": scope.language,
            "languages": [scope.language],
            "template": template_code,
            "generation": scope.generation,
            "period": [scope.starts_on.isoformat(), scope.ends_on.isoformat()],
            "period_words": _("%(start)s to %(end)s")
            % {
                "start": formats.date_format(scope.starts_on, "SHORT_DATE_FORMAT"),
                "end": formats.date_format(scope.ends_on, "SHORT_DATE_FORMAT"),
            },
            "lead": _lead(scope),
            "covers": [_cover(scope, template_code, title, made_on)],
            "base": settings.BASE_URL,
            "made_on": made_on.isoformat(),
            "sections": sections,
        }


def _section(part, scope, words):
    """Return one section: what its fillers say, and the coordinator's words."""
    found = [registry.section(code) for code in part.fillers]
    filled = [block for section in found if section for block in section.blocks(scope)]
    text = cleaning.to_html(words)
    if not filled and not text:
        filled = [b.gap(_("Nothing in the portal fills this section: please write it."))]
    return {
        "number": part.number,
        "code": part.code,
        "title": part.title_in(scope.language),
        "language": scope.language,
        "written": text,
        "blocks": filled,
    }


def _lead(scope):
    lead = scope.project.lead if scope.project else scope.organisation
    return lead.name_in(scope.language) if lead else ""


def _cover(scope, template_code, title, made_on):
    """Return what the cover says in one language: the kind of report, and the facts that a donor files it by."""
    subject = (
        scope.project.title_in(scope.language)
        if scope.project
        else registry.topic_title(scope.topic, scope.language)
    )
    lines = scope.funding()
    donors = dict.fromkeys(line.giver.name_in(scope.language) for line in lines)
    grants = dict.fromkeys(line.grant_number for line in lines if line.grant_number)
    rows = [
        (_("Project"), subject if subject and scope.project and subject != title else ""),
        (_("Campaign"), subject if scope.topic else ""),
        (_("Project code"), scope.project.code if scope.project else ""),
        (_("Donor"), "; ".join(donors)),
        (_("Grant number"), "; ".join(grants)),
        (_("Prepared by"), _lead(scope)),
        (_("Reporting period"), _days(scope.starts_on, scope.ends_on)),
        (_("Made on"), formats.date_format(made_on, "SHORT_DATE_FORMAT")),
    ]
    return {
        "language": scope.language,
        "kind": outlines.name(template_code, scope.language),
        "title": title,
        "rows": b.facts(rows)["rows"],
    }


def _days(first, last):
    return " – ".join(formats.date_format(day, "SHORT_DATE_FORMAT") for day in (first, last))


def nothing_yet(report):
    """Return the document of a report that was never built."""
    language = "en" if report.language == "en" else "vi"
    return {"language": language, "languages": [language], "sections": [], "period_words": ""}


def build_for(report, *, made_on, on_section=None):
    """Return the data of a stored report: the snapshot if it is finished, else built now."""
    return report.snapshot or build_now(report, made_on=made_on, on_section=on_section)


def build_now(report, *, made_on, on_section=None):
    """Return what the log says now about a stored report, finished or not."""
    written = dict(report.sections.values_list("code", "text"))
    return build_in(
        report.language,
        lambda language: scope_of(report, language),
        report.template_code,
        title=report.title,
        made_on=made_on,
        written=written,
        on_section=on_section,
    )


def build_in(language, scope_in, template_code, *, on_section=None, written=None, **given):
    """Return the report in "vi", "en" or "both"; `scope_in(language)` gives its scope in one of them."""
    written = written or {}
    if language != BOTH:
        return build(scope_in(language), template_code, written=written, on_section=on_section, **given)

    def half(shift):
        return on_section and (lambda done, total, title: on_section(shift * total + done, 2 * total, title))

    english = {code.removesuffix(TWIN): text for code, text in written.items() if code.endswith(TWIN)}
    scope = scope_in("vi")
    same = dataclasses.replace(scope, language="en")  # with what was read already
    one = build(scope, template_code, written=written, on_section=half(0), **given)
    other = build(same, template_code, written=english, on_section=half(1), **given)
    return side_by_side(one, other)


def side_by_side(document, twin):
    """Return the Vietnamese document with each English section after its Vietnamese one."""
    couples = zip(document["sections"], twin["sections"], strict=True)
    sections = [part for one, other in couples for part in (one, {**other, "code": other["code"] + TWIN})]
    return {
        **document,
        "languages": ["vi", "en"],
        "covers": document["covers"] + twin["covers"],
        "sections": sections,
    }


def pairs(document):
    """Return [(section, its English twin or None)] in order."""
    sections = document["sections"]
    if len(document.get("languages", ())) < 2:
        return [(section, None) for section in sections]
    return list(zip(sections[::2], sections[1::2], strict=True))


def paired_blocks(section, twin):
    """Return [(block, its twin or None)]; a block that only one language has stands alone."""
    if twin is None:
        return [(block, None) for block in section["blocks"]]
    if [each["type"] for each in section["blocks"]] == [each["type"] for each in twin["blocks"]]:
        return list(zip(section["blocks"], twin["blocks"], strict=True))
    return list(zip_longest(section["blocks"], twin["blocks"]))


def canonical(document):
    """Return the bytes that stand for a document: sorted keys, UTF-8, no spaces."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(document):
    """Return the SHA-256 of a document as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def opening(document, code=""):
    """Return a first sentence about the period for a coordinator to go on from, or "".

    It names the figures of the section `code`; of the whole report where that section has none.
    """
    own = [section for section in document["sections"] if section["code"] == code]
    language = own[0]["language"] if own else document["language"]
    everything = [section for section in document["sections"] if section["language"] == language]
    values = _of_kind(own, "figure") or _of_kind(everything, "figure")
    said = list(
        dict.fromkeys(f"{show(each['value'], 'number', language)} {each['words']}" for each in values)
    )
    if not said:
        return ""
    with override(language):
        first, last = (dt.date.fromisoformat(day) for day in document["period"])
        return _("From %(start)s to %(end)s: %(figures)s.") % {
            "start": formats.date_format(first, "SHORT_DATE_FORMAT"),
            "end": formats.date_format(last, "SHORT_DATE_FORMAT"),
            "figures": ", ".join(said[:3]),
        }


def _of_kind(sections, kind):
    return [block for section in sections for block in section["blocks"] if block["type"] == kind]


def gaps(document):
    """Return (code, number and title) of the sections that nothing fills yet."""
    return [
        (section["code"], f"{section['number']}. {section['title']}")
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
