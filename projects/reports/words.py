"""A report as .docx, for donors who edit: real headings, styles, tables and captions; two languages side by side."""

import datetime as dt
import io
import re
from functools import partial
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from projects.reports import annexes, drawings, pictures, tables
from projects.reports import document as documents

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FONT = "Arial"  # who edits a report has not our own font
TALL = Mm(130)  # a picture leaves room for its caption and some text on its page
TEAL = RGBColor(0x0F, 0x6B, 0x63)


def make(document):
    """Return the report as a .docx file (bytes)."""
    with override(document["language"]):
        return _Writer(document).written()


def _xml(words):
    return _NOT_XML.sub("", str(words))


class _Writer:
    """Writes one document; `place` is where the next paragraph goes: the text, or a cell of two columns."""

    def __init__(self, document):
        self.document, (self.body, self.annexes) = document, annexes.taken_out(document)
        self.paper = self.place = Document()
        self.captions = self.figures = 0

    def written(self):
        self._set_up()
        self._cover()
        for section, twin in documents.pairs(self.body):
            self._section(section, twin)
        for annex in self.annexes:
            self._heads([annex["heading"], *([annex["twin"]["heading"]] if annex.get("twin") else [])])
            self._pair(annex["block"], annex, annex.get("twin", {}).get("block"), annex.get("twin"))
        self.paper.add_paragraph(
            f"{_('Fingerprint of the data (SHA-256):')} {documents.fingerprint(self.document)}"
        )
        buffer = io.BytesIO()
        self.paper.save(buffer)
        return buffer.getvalue()

    def _set_up(self):
        made_on = dt.datetime.combine(dt.date.fromisoformat(self.document["made_on"]), dt.time())
        known = self.paper.core_properties
        known.title, known.author = (
            _xml(self.document["title"])[:250],
            _xml(self.document["lead"] or "CRWG")[:250],
        )
        known.created = known.modified = made_on
        known.language = self.document["language"]
        normal = self.paper.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(10)
        tag = OxmlElement("w:lang")
        tag.set(qn("w:val"), "vi-VN" if self.document["language"] == "vi" else "en-GB")
        normal.element.get_or_add_rPr().append(tag)
        for name, size in (("Title", 24), ("Heading 1", 15), ("Heading 2", 11)):
            style = self.paper.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), TEAL
        page = self.paper.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        if len(self.document["languages"]) > 1:
            page.orientation = WD_ORIENT.LANDSCAPE
            page.page_width, page.page_height = Mm(297), Mm(210)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)

    def _cover(self):
        for cover in self.document["covers"]:
            self.paper.add_paragraph(_xml(cover["kind"]), style="Subtitle")
        self.paper.add_heading(_xml(self.document["title"]), level=0)
        if not self.document.get("finished"):
            self.paper.add_paragraph().add_run(_("Draft")).bold = True
        if len(self.document["covers"]) == 1:
            tables.add(self.place, [], self.document["covers"][0]["rows"], widths=[32, 68])
        else:
            one, other = self.document["covers"]
            rows = [[*left, *right] for left, right in tables.side_by_side(one["rows"], other["rows"])]
            tables.add(self.place, [], rows, widths=[15, 35, 15, 35], half=2)
        self.paper.add_page_break()

    def _section(self, section, twin):
        self._heads([f"{part['number']}. {part['title']}" for part in (section, twin) if part])
        if section["written"] or (twin and twin["written"]):
            self._beside(
                [
                    (part, lambda part: _Written(self).feed(part["written"]))
                    for part in (section, twin)
                    if part
                ]
            )
        for block, other in documents.paired_blocks(section, twin):
            self._pair(block, section, other, twin)

    def _heads(self, heads):
        """Write a heading; two languages stand in one line of the contents."""
        self.paper.add_heading(_xml(" / ".join(heads)), level=1)

    def _pair(self, block, section, other, twin):
        """Write a block, with the same in the other language beside it; tables row by row."""
        if (block or other)["type"] in drawings.DRAWN:
            self._drawn(block, section, other, twin)
        elif other is None or block is None:
            self._block(block or other, section if block else twin)
        elif block["type"] == "photos":
            self._block(block, section)
        elif block["type"] not in ("figure", "paragraph", "bullets", "gap") and tables.fit(block, other):
            self._table([(block, section["language"]), (other, twin["language"])])
        else:
            self._beside([
                (section, lambda part: self._block(block, part)), (twin, lambda part: self._block(other, part))
            ])  # fmt: skip

    def _beside(self, parts):
        """Write each part by its function; two of them into the two cells of a row without lines."""
        if len(parts) == 1:
            parts[0][1](parts[0][0])
            return
        row = self.paper.add_table(rows=1, cols=2).rows[0]
        for cell, (part, write) in zip(row.cells, parts, strict=True):
            self.place = cell
            with override(part["language"]):
                write(part)
            if len(cell.paragraphs) > 1 and not cell.paragraphs[0].text:
                cell._tc.remove(cell.paragraphs[0]._p)
        self.place = self.paper
        self.paper.add_paragraph()

    def _block(self, block, section):
        kind, language = block["type"], section["language"]
        if kind == "gap" and self.document.get("finished"):
            self.place.add_paragraph(_("Nothing to report in this period."))
        elif kind in ("paragraph", "gap"):
            self.place.add_paragraph(_xml(block.get("text") or block.get("words")))
        elif kind == "bullets":
            if block["title"]:
                self.place.add_paragraph(_xml(block["title"]), style="Heading 2")
            for item in block["items"]:
                self.place.add_paragraph(_xml(item), style="List Bullet")
        elif kind == "figure":
            self._figure(block, language)
        elif kind == "photos":
            self._photos(block)
        else:
            self._table([(block, language)])

    def _figure(self, block, language):
        """Write the number as a sentence; below it how it was counted, and links to its records."""
        line = self.place.add_paragraph()
        line.add_run(documents.show(block["value"], "number", language)).bold = True
        line.add_run(_xml(f" {block['words']}"))
        if not block["rule"]:
            return
        behind = self.place.add_paragraph()
        behind.add_run(_xml(block["rule"]))
        if block["records"]:
            behind.add_run(" " + _("Records:") + " ")
        for place, (words, address) in enumerate(block["records"]):
            behind.add_run("; " if place else "")
            self.link(behind, words, self.document["base"] + address)
        if block["path"]:
            behind.add_run(" ")
            self.link(behind, _("All of them in the portal"), self.document["base"] + block["path"])
        for run in behind.runs:
            run.font.size = Pt(8)

    def link(self, line, words, address):
        """Add words that lead to an address."""
        made = OxmlElement("w:hyperlink")
        made.set(
            qn("r:id"), self.paper.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
        run = line.add_run(_xml(words))
        run.font.color.rgb, run.font.size = TEAL, Pt(8)
        made.append(run._r)
        line._p.append(made)

    def _photos(self, block):
        kept = pictures.contents(self.document)
        for file, caption in block["items"]:
            if story := pictures.story(kept.get(file)):
                self.place.add_paragraph(_xml(caption), style="Heading 2")
                self.place.add_paragraph(_xml(story))
                continue
            if file in kept:
                self.place.add_paragraph().add_run().add_picture(io.BytesIO(kept[file][0]), width=Mm(110))
            self.place.add_paragraph(_xml(caption), style="Caption")

    def _drawn(self, block, section, other, twin):
        """Write a drawing as a picture with its caption; below it its numbers, unless a table follows anyway."""
        sides = [
            (each, part["language"]) for each, part in ((block, section), (other, twin)) if each is not None
        ]
        self.figures += 1
        self._beside(
            [({"language": language}, partial(self._picture, each, len(sides))) for each, language in sides]
        )
        if not sides[0][0].get("told_below") and sides[0][0]["type"] != "map":
            self._table(sides)

    def _picture(self, block, sides, part):
        """Write one picture with the words that stand for it, and its caption."""
        content, alt = drawings.picture(block, part["language"])
        line = self.place.add_paragraph()
        line.paragraph_format.keep_with_next = True
        drawn = line.add_run().add_picture(io.BytesIO(content), width=Mm(160 if sides == 1 else 122))
        if drawn.height > TALL:
            drawn.width, drawn.height = round(drawn.width * TALL / drawn.height), TALL
        named = drawn._inline.docPr
        named.set("descr", _xml(alt)[:2000])
        named.set("title", _xml(block["title"])[:200])
        words = _("Figure %(number)s. %(title)s") % {"number": self.figures, "title": block["title"]}
        self.place.add_paragraph(_xml(words), style="Caption")

    def _table(self, sides):
        """Write a table, or the numbers of a drawing."""
        first = sides[0][0]
        titles = [block["title"] for block, _language in sides if block.get("title")]
        if titles:
            self.captions += 1
            words = _("Table %(number)s. %(title)s") % {"number": self.captions, "title": " / ".join(titles)}
            self.place.add_paragraph(_xml(words), style="Caption").paragraph_format.keep_with_next = True
        if first.get("annex"):
            self.place.add_paragraph(_xml(" / ".join(block["annex"] for block, _language in sides)))
            return
        heads, rows, widths = tables.of(sides)
        tables.add(self.place, heads, rows, widths, half=len(widths) // 2 if len(sides) > 1 else 0)
        for note in [block["note"] for block, _language in sides if block.get("note")]:
            self.place.add_paragraph(_xml(note)).runs[0].font.size = Pt(8)


class _Written(HTMLParser):
    """Turns the limited HTML of a written section into paragraphs, lists and runs."""

    def __init__(self, writer):
        super().__init__()
        self.writer, self.line, self.style, self.address = writer, None, None, ""
        self.bold = self.italic = False

    def handle_starttag(self, tag, attrs):
        if tag in ("p", "li"):
            self.line = self.writer.place.add_paragraph(style=self.style if tag == "li" else None)
        elif tag in ("ul", "ol"):
            self.style = "List Bullet" if tag == "ul" else "List Number"
        elif tag == "br" and self.line is not None:
            self.line.add_run().add_break()
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
        self.bold = self.bold or tag in ("b", "strong")
        self.italic = self.italic or tag in ("i", "em")

    def handle_endtag(self, tag):
        if tag in ("p", "li"):
            self.line = None
        if tag == "a":
            self.address = ""
        self.bold = self.bold and tag not in ("b", "strong")
        self.italic = self.italic and tag not in ("i", "em")

    def handle_data(self, data):
        if not data.strip() and self.line is None:
            return
        if self.line is None:
            self.line = self.writer.place.add_paragraph()
        if self.address:
            self.writer.link(self.line, data, self.address)
            return
        run = self.line.add_run(_xml(data))
        run.bold, run.italic = self.bold or None, self.italic or None
