"""A report as .docx, for donors who edit: real headings, styles, tables and captions."""

import datetime as dt
import io
import re
from html.parser import HTMLParser

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from projects.reports import document as documents

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def make(document):
    """Return the report as a .docx file (bytes)."""
    with override(document["language"]):
        paper = Document()
        _styles(paper, document["language"])
        made_on = dt.date.fromisoformat(document["made_on"])
        paper.core_properties.title, paper.core_properties.author = _xml(document["title"])[:250], "CRWG"
        paper.core_properties.created = paper.core_properties.modified = dt.datetime.combine(
            made_on, dt.time()
        )
        paper.core_properties.language = document["language"]
        paper.add_heading(_xml(document["title"]), level=0)
        for line in (document["project"], document["period_words"], document["lead"]):
            if line:
                paper.add_paragraph(_xml(line))
        paper.add_paragraph(f"{_('Made on')} {formats.date_format(made_on, 'SHORT_DATE_FORMAT')}")
        for section in document["sections"]:
            paper.add_heading(_xml(f"{section['number']}. {section['title']}"), level=1)
            _Written(paper).feed(section["written"])
            for block in section["blocks"]:
                _block(paper, block, section["language"])
        paper.add_paragraph(f"{_('Fingerprint of the data (SHA-256):')} {documents.fingerprint(document)}")
        buffer = io.BytesIO()
        paper.save(buffer)
        return buffer.getvalue()


def _xml(words):
    return _NOT_XML.sub("", str(words))


def _styles(paper, language):
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Be Vietnam Pro", Pt(10.5)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), "vi-VN" if language == "vi" else "en-GB")
    style.element.get_or_add_rPr().append(tag)


def _block(paper, block, language):
    kind = block["type"]
    if kind in ("paragraph", "gap"):
        paper.add_paragraph(_xml(block.get("text") or block.get("words")))
    elif kind == "facts":
        _table(paper, [], [[(label, False), (value, False)] for label, value in block["rows"]])
    elif kind == "bullets":
        if block["title"]:
            paper.add_heading(_xml(block["title"]), level=2)
        for item in block["items"]:
            paper.add_paragraph(_xml(item), style="List Bullet")
    elif kind == "figure":
        line = paper.add_paragraph()
        line.add_run(documents.show(block["value"], "number", language)).bold = True
        line.add_run(_xml(f" {block['words']}"))
        if block["rule"]:
            line.add_run(_xml(f" ({block['rule']})")).italic = True
    else:
        _numbers(paper, block, language)


def _numbers(paper, block, language):
    """Tables, and charts and maps as their tables: Word readers edit numbers, not pictures."""
    if block["title"]:
        paper.add_paragraph(_xml(block["title"]), style="Caption")
    if block["type"] == "table":
        columns = [(c["label"], c["kind"]) for c in block["columns"]]
        rows = block["rows"]
    elif block["type"] == "bars":
        columns, rows = [("", "text"), (block["unit"] or _("Number"), "number")], block["pairs"]
    elif block["type"] == "targets":
        columns, rows = [("", "text"), (_("Target"), "number"), (_("Actual"), "number")], block["rows"]
    elif block["type"] == "stacked":
        columns = [("", "text"), *((name, "number") for name, _values in block["series"])]
        rows = [[label, *(v[i] for _n, v in block["series"])] for i, label in enumerate(block["labels"])]
    else:
        return  # a map: its table of provinces stands beside it as a block of its own
    shown = [
        [
            (documents.show(cell, kind, language), kind in ("number", "money"))
            for cell, (_l, kind) in zip(row, columns, strict=True)
        ]
        for row in rows
    ]
    _table(paper, [label for label, _kind in columns], shown)


def _table(paper, heads, rows):
    if not rows:
        paper.add_paragraph(_("None in this period."))
        return
    table = paper.add_table(rows=1 if heads else 0, cols=len(rows[0]), style="Table Grid")
    if heads:
        for cell, label in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(_xml(label)).bold = True
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        for cell, (words, is_number) in zip(table.add_row().cells, row, strict=True):
            cell.text = _xml(words)
            if is_number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


class _Written(HTMLParser):
    """Turns the limited HTML of a written section into paragraphs, lists and runs."""

    def __init__(self, paper):
        super().__init__()
        self.paper, self.line, self.bold, self.italic, self.style = paper, None, False, False, None

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  (the signature is the parser's)
        if tag in ("p", "li"):
            self.line = self.paper.add_paragraph(style=self.style if tag == "li" else None)
        elif tag in ("ul", "ol"):
            self.style = "List Bullet" if tag == "ul" else "List Number"
        elif tag == "br" and self.line is not None:
            self.line.add_run().add_break()
        self.bold = self.bold or tag in ("b", "strong")
        self.italic = self.italic or tag in ("i", "em")

    def handle_endtag(self, tag):
        if tag in ("p", "li"):
            self.line = None
        self.bold = self.bold and tag not in ("b", "strong")
        self.italic = self.italic and tag not in ("i", "em")

    def handle_data(self, data):
        if not data.strip() and self.line is None:
            return
        if self.line is None:
            self.line = self.paper.add_paragraph()
        run = self.line.add_run(_xml(data))
        run.bold, run.italic = self.bold or None, self.italic or None
