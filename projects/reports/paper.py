"""A report as PDF: the same body as the preview, on paper, with the data attached as a spreadsheet."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalition import pdf, pdf_pieces, text
from projects.reports import document as documents
from projects.reports import outlines, pictures, sheets

LONG = 1000  # rows; a longer table goes to an annex
PIECE = 400  # rows of an annex that one process lays out
NO_NUMBERS = "@page { @bottom-center { content: none } }"  # they are set when all pieces are joined
PRINT_CSS = Path(__file__).with_name("print.css")


def html(document, shown=(), fingerprint=""):
    """Return the whole document as HTML for the printer; `shown` are the photos that may stand in it."""
    with override(document["language"]):
        names = dict(outlines.choices())
        return render_to_string(
            "reports/document.html",
            {
                "document": document,
                "template_name": names.get(document["template"], document["template"]),
                "made_on": formats.date_format(
                    dt.date.fromisoformat(document["made_on"]), "SHORT_DATE_FORMAT"
                ),
                "fingerprint": fingerprint or documents.fingerprint(document),
                "paper": True,
                "shown": shown,
                "base": settings.BASE_URL,
            },
        )


def make(document, *, on_step=None):
    """Return the report as PDF/UA-1 (bytes); the same document gives the same bytes.

    Tables of more than LONG rows stand in annexes, which are laid out in pieces side by side.
    on_step: called with (done, total) as pieces are laid out.
    """
    fingerprint = documents.fingerprint(document)
    attachment = _attachment(document)
    document, annexes = _with_annexes(document)
    images = pictures.contents(document)
    css = PRINT_CSS.read_text(encoding="utf-8")
    body = pdf.render(
        html(document, images, fingerprint),
        css=css + (NO_NUMBERS if annexes else ""),
        attachments=[attachment],
        images=images,
        made_at=dt.datetime.combine(dt.date.fromisoformat(document["made_on"]), dt.time(), dt.UTC),
        identifier=bytes.fromhex(fingerprint[:32]),
    )
    if not annexes:
        return body
    pieces, bookmarks = [], []
    for annex in annexes:
        bookmarks.append((annex["heading"], len(pieces) + 1))
        pieces += _pieces(annex, document)
    laid_out = pdf_pieces.render_all(pieces, css=css + NO_NUMBERS, on_piece=on_step)
    return pdf_pieces.number_pages(pdf_pieces.join([body, *laid_out], bookmarks=bookmarks))


def _attachment(document):
    name = f"{text.slug(document['title']) or 'report'}.xlsx"
    with override(document["language"]):
        return name, sheets.make(document), str(document["title"])


def _with_annexes(document):
    """Return (document whose long tables name their annex, the annexes)."""
    annexes, sections = [], []
    for section in document["sections"]:
        blocks = []
        for block in section["blocks"]:
            if block["type"] == "table" and len(block["rows"]) > LONG:
                with override(section["language"]):
                    heading = _("Annex %(number)s. %(title)s") % {
                        "number": len(annexes) + 1,
                        "title": block["title"],
                    }
                annexes.append({"heading": heading, "block": block, "language": section["language"]})
                blocks.append({**block, "annex": heading})
            else:
                blocks.append(block)
        sections.append({**section, "blocks": blocks})
    return {**document, "sections": sections}, annexes


def _pieces(annex, document):
    """Return the HTML documents of one annex, each of PIECE rows under the same heads."""
    rows = annex["block"]["rows"]
    found = []
    with override(annex["language"]):
        for start in range(0, len(rows), PIECE):
            block = {**annex["block"], "title": "", "note": "", "rows": rows[start : start + PIECE]}
            found.append(
                render_to_string(
                    "reports/annex.html",
                    {
                        "document": document,
                        "section": {"language": annex["language"]},
                        "block": block,
                        "paper": True,
                        "heading": annex["heading"] if start == 0 else "",
                    },
                )
            )
    return found
