"""A report as PDF: the same body as the preview, on paper, with the data attached as a spreadsheet."""

import datetime as dt
from itertools import chain
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import override

from coalition import charts, pdf, pdf_pieces, text
from coalition.reference import map as provinces
from projects.reports import annexes, pictures, sheets
from projects.reports import document as documents

NO_NUMBERS = "@page { @bottom-center { content: none } }"  # they are set when all pieces are joined
LANDSCAPE = """@page { size: A4 landscape; margin: 20mm 15mm 18mm }
.report-cover { height: 186mm; padding-top: 14mm } .report-brand { margin-bottom: 18mm }
.report-cover .report-pair { margin-top: 6mm } table { font-size: 8pt } th, td { padding: 2pt 3pt }
.report-drawing svg { max-height: 62mm } .report-map svg.map-svg { max-height: 98mm }"""  # two languages need the width
PRINT_CSS = Path(__file__).with_name("print.css")


def css(document):
    """Return the style sheet: ours, the widths of columns, the fills of keys, the page of two languages."""
    rules = [PRINT_CSS.read_text(encoding="utf-8")]
    rules += [f".w{share} {{ width: {share}% }}" for share in range(1, 101)]
    rules += [f".k{number} {{ background: {fill} }}" for number, fill in enumerate(charts.FILLS)]
    rules += [f".m{step} {{ background: {fill} }}" for step, fill in enumerate(provinces.FILLS)]
    if len(document["languages"]) > 1:
        rules.append(LANDSCAPE)
    return "\n".join(rules)


def html(document, shown=None, fingerprint="", in_text=(), later=()):
    """Return the whole document as HTML for the printer.

    shown: the photos and stories that may stand in it, by public id. in_text: the annexes at its
    end; later: those laid out apart.
    """
    with override(document["language"]):
        return render_to_string(
            "reports/document.html",
            {
                "document": document,
                "covers": document["covers"],
                "fingerprint": fingerprint or documents.fingerprint(document),
                "paper": True,
                "finished": document.get("finished", False),
                "shown": shown,
                "annexes": in_text,
                "later": later,
                "base": document["base"],
            },
        )


def make(document, *, on_step=None, workers=None):
    """Return the report as PDF/UA-1 (bytes); the same document gives the same bytes.

    Long tables stand in annexes; those of more than `annexes.LONG` rows are laid out in pieces side by side, by
    `workers` processes (as many as there are cores if None), of which this is one. on_step: called with (done,
    total) as pages and pieces are laid out.
    """
    body, found = annexes.taken_out(document)
    later = [annex for annex in found if annex["is_long"]]
    text = _Text(document, body, [annex for annex in found if not annex["is_long"]])
    steps = _Steps(on_step, pages=_guess(body, text.annexes))
    if not later:
        return text.laid_out(on_page=steps.page)
    pieces = [piece for annex in later for piece in annexes.pieces(annex)]
    steps.pieces = len(pieces)
    with pdf_pieces.Printers(css(document) + NO_NUMBERS, workers=workers) as printers:
        printers.take(_piece(piece, document) for piece in pieces)
        number = text.laid_out(later, on_page=steps.page, count_only=True)
        contents = printers.laid_out(on_piece=steps.piece, on_page=steps.same)
        known, begins = [], {}
        for piece in pieces:
            if piece["id"] not in begins:
                begins[piece["id"]] = number + 1
            if piece["id"] == later[-1]["id"]:
                break  # where the last annex begins is known before it is laid out
            known.append(next(contents))
            number += pdf_pieces.pages_of(known[-1])
        numbered = [{**annex, "page": begins[annex["id"]]} for annex in later]
        whole = pdf_pieces.Joined(text.laid_out(numbered, on_page=steps.same))
        for content in chain(known, contents):
            whole.add(content)
    return whole.written(
        bookmarks=[(_bookmark(annex), begins[annex["id"]] - 1) for annex in later],
        foot=18 if len(document["languages"]) > 1 else 22,
    )


class _Text:
    """The text of a report with its short annexes, laid out by this process."""

    def __init__(self, document, body, short):
        self.document, self.body, self.annexes = document, body, short
        self.fingerprint, self.images = documents.fingerprint(document), pictures.contents(document)

    def laid_out(self, later=(), *, on_page, count_only=False):
        """Return the PDF (bytes), or how many pages it has; its contents name the annexes that come `later`."""
        made_on = dt.date.fromisoformat(self.document["made_on"])
        return pdf.render(
            html(self.body, self.images, self.fingerprint, self.annexes, later),
            css=css(self.document) + (NO_NUMBERS if later else ""),
            attachments=() if count_only else [_attachment(self.document)],
            images=self.images,
            made_at=dt.datetime.combine(made_on, dt.time(), dt.UTC),
            identifier=bytes.fromhex(self.fingerprint[:32]),
            on_page=on_page,
            count_only=count_only,
        )


def _bookmark(annex):
    return f"{annex['heading']} / {annex['twin']['heading']}" if annex.get("twin") else annex["heading"]


def _piece(piece, document):
    """Return the HTML document of one piece of an annex."""
    with override(piece["language"]):
        return render_to_string(
            "reports/annex.html",
            {
                "title": document["title"],
                "section": piece,
                "twin": piece.get("twin"),
                "running": piece["heading"],
                "paper": True,
            },
        )


def _attachment(document):
    name = f"{text.slug(document['title'])[:80] or 'report'}.xlsx"
    with override(document["language"]):
        return name, sheets.make(document), str(document["title"])


def _guess(document, in_text):
    """Return about how many pages the text has; a progress bar needs an end to run towards."""
    blocks = [block for section in document["sections"] for block in section["blocks"]]
    rows = sum(len(block["rows"]) for block in blocks if block["type"] == "table" and not block.get("annex"))
    rows += sum(len(annex["block"]["rows"]) for annex in in_text)
    return 3 + len(document["sections"]) // 3 + rows // 25 + len(blocks) // 8


class _Steps:
    """Adds pages and pieces up to one scale; a page that comes after the guessed last one is part of it."""

    def __init__(self, on_step, *, pages):
        self.on_step, self.pages, self.pieces, self.laid_out, self.joined = on_step, pages, 0, 0, 0

    def page(self, number):
        self.laid_out = max(self.laid_out, min(number, self.pages))
        self._tell()

    def piece(self, done):
        self.joined = done
        self._tell()

    def same(self, _number):
        """Nothing has been added, but the work may no longer be wanted."""
        self._tell()

    def _tell(self):
        if self.on_step:
            self.on_step(self.laid_out + self.joined * 10, self.pages + self.pieces * 10)
