"""Minutes as .docx: tables of at least two columns, merged cells and numbered lists included.

The caller has the file checked first (coalition.files.checks.check_office_file): size, zip bombs, macros,
entities and contents from elsewhere are refused before anything opens it.
"""

from collections import Counter

import docx
from docx.oxml.ns import qn

from meetings.minutes.table import BULLET, NUMBERED, joined, tidy_line, with_uses

_SIGNS = {"bullet": "·", "none": ""}
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


class NotMinutes(ValueError):
    """The document opens, but cannot be read as a text document."""


def read_docx(file):
    """Return the Table of a .docx file; raise NotMinutes if it is damaged."""
    try:
        document = docx.Document(file)
        numbering = Numbering(document)
        tables = [table for table in document.tables if len(table.columns) > 1]
        before, after = _paragraphs_around(document, numbering)
        if not tables:
            rows = [[before + after]]
            return with_uses([], rows)
        rows = [list(_rows(table, numbering)) for table in tables]
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, SyntaxError) as error:
        raise NotMinutes(str(error)) from error
    return joined(rows, before, after)


def _rows(table, numbering):
    """Yield rows of cells of lines; a cell merged over columns stands in its first, over rows in its top one."""
    seen = set()
    width = len(table.columns)
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if cell._tc in seen:
                cells.append([])
                continue
            seen.add(cell._tc)
            cells.append(_lines(cell, numbering))
        yield (cells + [[]] * width)[:width]


def _lines(cell, numbering):
    lines = []
    for part in cell.iter_inner_content():
        if hasattr(part, "rows"):  # a table within the cell: its words are kept, line by line
            lines += [line for row in _rows(part, numbering) for inner in row for line in inner]
        else:
            lines += numbering.lines(part)
    return lines


def _paragraphs_around(document, numbering):
    """Return the lines before the first table and those after it."""
    before, after, met = [], [], False
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            met = met or len(part.columns) > 1
        else:
            (after if met else before).extend(numbering.lines(part))
    return before, after


class Numbering:
    """Counts automatic lists, so that a paragraph reads "1. Capacity building" as it does on paper."""

    def __init__(self, document):
        self.formats = self._formats(document)
        self.counts = Counter()

    @staticmethod
    def _formats(document):
        """Return {(list, level): format} from the document's numbering part."""
        try:
            part = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return {}
        abstract = {
            one.get(qn("w:abstractNumId")): {
                level.get(qn("w:ilvl")): level.find(qn("w:numFmt")).get(qn("w:val"))
                for level in one.findall(qn("w:lvl"))
                if level.find(qn("w:numFmt")) is not None
            }
            for one in part.findall(qn("w:abstractNum"))
        }
        return {
            (number.get(qn("w:numId")), level): said
            for number in part.findall(qn("w:num"))
            for level, said in abstract.get(number.find(qn("w:abstractNumId")).get(qn("w:val")), {}).items()
        }

    def lines(self, paragraph):
        """Return the lines of a paragraph that say something; its number or bullet stands before the first."""
        lines = [tidy_line(line) for line in paragraph.text.split("\n")]
        lines = [line for line in lines if line]
        sign = self._sign(paragraph)
        if lines and sign and not (BULLET.match(lines[0]) or NUMBERED.match(lines[0])):
            lines[0] = f"{sign} {lines[0]}"
        return lines

    def _sign(self, paragraph):
        number, level = self._place(paragraph)
        if number is None or not paragraph.text.strip():
            return ""
        said = self.formats.get((number, level), "bullet")
        if said in _SIGNS:
            return _SIGNS[said]
        self.counts[number, level] += 1
        for deeper in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[deeper]
        count = self.counts[number, level]
        if "Letter" in said:
            return f"{chr(96 + min(count, 26))})"
        if "Roman" in said and count <= len(_ROMANS):
            return f"{_ROMANS[count - 1]}."
        return f"{count}."

    @staticmethod
    def _place(paragraph):
        """Return (list, level) of a paragraph, its own or that of its style."""
        for properties in (paragraph._p.pPr, getattr(paragraph.style.element, "pPr", None)):
            found = properties.find(qn("w:numPr")) if properties is not None else None
            if found is not None and found.find(qn("w:numId")) is not None:
                level = found.find(qn("w:ilvl"))
                number = found.find(qn("w:numId")).get(qn("w:val"))
                return (None if number == "0" else number), (
                    level.get(qn("w:val")) if level is not None else "0"
                )
        style = (paragraph.style.name or "").lower()
        return ("style", "0") if style.startswith("list bullet") else (None, "0")
