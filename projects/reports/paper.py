"""A report as PDF: the same body as the preview, on paper, with the data attached as a spreadsheet."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats
from django.utils.translation import override

from coalition import pdf, text
from projects.reports import document as documents
from projects.reports import outlines, pictures, sheets

PRINT_CSS = Path(__file__).with_name("print.css")


def html(document, shown=()):
    """Return the whole document as HTML for the printer; `shown` are the photos that may stand in it."""
    with override(document["language"]):
        names = dict(outlines.choices())
        return render_to_string(
            "reports/document.html",
            {
                "document": document,
                "template_name": names.get(document["template"], document["template"]),
                "made_on": formats.date_format(dt.date.fromisoformat(document["made_on"]), "SHORT_DATE_FORMAT"),
                "fingerprint": documents.fingerprint(document),
                "paper": True,
                "shown": shown,
                "base": settings.BASE_URL,
            },
        )


def make(document):
    """Return the report as PDF/UA-1 (bytes); the same document gives the same bytes."""
    identifier = bytes.fromhex(documents.fingerprint(document)[:32])
    name = f"{text.slug(document['title']) or 'report'}.xlsx"
    with override(document["language"]):
        attachment = (name, sheets.make(document), str(document["title"]))
    made_at = dt.datetime.combine(dt.date.fromisoformat(document["made_on"]), dt.time(), dt.UTC)
    images = pictures.contents(document)
    return pdf.render(html(document, images), css=PRINT_CSS.read_text(encoding="utf-8"), attachments=[attachment],
                      images=images, made_at=made_at, identifier=identifier)
