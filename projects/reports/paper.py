"""A report as PDF: the same body as the preview, on paper, with the data attached as a spreadsheet."""

import datetime as dt
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


def html(document, shown=(), fingerprint="", in_text=(), later=()):
    """Return the whole document as HTML for the printer.

    shown: the photos that may stand in it. in_text: the annexes at its end; later: those laid out apart.
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

    Long tables stand in annexes; those of more than `annexes.LONG` rows are laid out in pieces side by side,
    by `workers` processes (all cores if None), while the text is laid out here. on_step: called with (done,
    total) as pages and pieces are laid out.
    """
    fingerprint = documents.fingerprint(document)
    attachment = _attachment(document)
    body, found = annexes.taken_out(document)
    later = [annex for annex in found if annex["is_long"]]
    in_text = [annex for annex in found if not annex["is_long"]]
    images, style = pictures.contents(document), css(document)
    steps = _Steps(on_step, pages=_guess(body, in_text))

    def text_of(pages):
        return html(body, images, fingerprint, in_text, pages)

    def lay_out(words, last=True):
        return pdf.render(
            words,
            css=style + (NO_NUMBERS if later else ""),
            attachments=[attachment],
            images=images,
            made_at=dt.datetime.combine(dt.date.fromisoformat(document["made_on"]), dt.time(), dt.UTC),
            identifier=bytes.fromhex(fingerprint[:32]),
            on_page=steps.page,
            count_only=not last,
        )

    if not later:
        return pdf.completed(lay_out(text_of(())))
    pieces = [piece for annex in later for piece in annexes.pieces(annex)]
    steps.pieces = len(pieces)
    with pdf_pieces.Printers(style + NO_NUMBERS, workers=workers) as printers:
        waiting = printers.start([_piece(piece, document) for piece in pieces])
        number = lay_out(text_of(later), last=False)
        laid_out = printers.collect(waiting, on_piece=steps.piece)
    begins = _first_pages(number, pieces, laid_out)
    numbered = [{**annex, "page": begins[annex["id"]]} for annex in later]
    whole = pdf_pieces.join(
        [lay_out(text_of(numbered)), *laid_out],
        bookmarks=[(_bookmark(annex), begins[annex["id"]] - 1) for annex in later],
    )
    size = "A4 landscape" if len(document["languages"]) > 1 else "A4"
    return pdf.completed(pdf_pieces.number_pages(whole, size=size))


def _first_pages(number, pieces, laid_out):
    """Return {annex id: the page it begins on}, behind a text of `number` pages."""
    begins = {}
    for piece, content in zip(pieces, laid_out, strict=True):
        begins.setdefault(piece["id"], number + 1)
        number += pdf_pieces.pages_of(content)
    return begins


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

    def _tell(self):
        if self.on_step:
            self.on_step(self.laid_out + self.joined * 10, self.pages + self.pieces * 10)
