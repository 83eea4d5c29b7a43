"""Minutes on paper: PDF and .docx in the two columns they were taken in."""

import io

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import markup, snapshots

PAGE = """
@page { size: A4; margin: 20mm 18mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font-size: 8.5pt } }
body { font: 10.5pt/1.55 "Be Vietnam Pro"; color: #1c2826 }
h1 { font-size: 17pt; font-weight: 600; margin: 0 0 2mm }
h2 { font-size: 12pt; font-weight: 600; margin: 6mm 0 2mm }
h3 { font-size: 10.5pt; font-weight: 600; margin: 3mm 0 1mm }
p { margin: 0 0 1.5mm }
ul { margin: 0 0 1.5mm; padding-left: 5mm }
table { width: 100%; border-collapse: collapse }
th, td { border: .4pt solid #b9b4a6; padding: 2.2mm; vertical-align: top; text-align: left }
thead th { background: #f1efe8; font-weight: 600 }
.left { width: 60% }
.who { color: #0f6b63 }
.source { color: #5b6764; font-size: 8.5pt; margin-top: 6mm }
"""


def gathered(meeting):
    """Return what both papers show."""
    return {
        "meeting": meeting,
        "activity": meeting.activity,
        "blocks": snapshots.blocks(meeting),
        "attendances": list(
            meeting.attendances.select_related("organisation").order_by("status", "organisation__sort_key")
        ),
        "language": get_language(),
    }


def pdf(meeting, *, today):
    """Return the minutes as a tagged PDF: a file-like object."""
    from coalition import pdf as maker

    html = render_to_string("meetings/minutes_paper.html", {**gathered(meeting), "today": today})
    return io.BytesIO(maker.render(html, css=PAGE))


def docx(meeting):
    """Return the minutes as .docx, in a table that can be read back by `meetings.minutes`."""
    from docx import Document

    known = gathered(meeting)
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.core_properties.title = meeting.activity.title
    document.add_heading(meeting.activity.title, 0)
    document.add_paragraph(f"{_('Date')}: {meeting.activity.starts_on:%d/%m/%Y}")
    if meeting.activity.place:
        document.add_paragraph(f"{_('Place')}: {meeting.activity.place}")
    for row in known["attendances"]:
        words = f"{row.organisation.name}: {row.get_status_display()}"
        document.add_paragraph(f"{words} ({row.represented_by})" if row.represented_by else words)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = _("Content"), _("Follow-up action")
    for block in known["blocks"]:
        cells = table.add_row().cells
        _fill_left(cells[0], block)
        _fill_right(cells[1], block)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


def _fill_left(cell, block):
    """Write the matters of a block; the empty paragraph a new cell has becomes the first line."""
    writer = _Lines(cell)
    for item in ([block["item"]] if block["item"] else []) + block["children"]:
        number = f"{item.number}. " if item.number else ""
        writer.line([(f"{number}{item.title}", True)])
        for line in filter(str.strip, item.content.split("\n")):
            words = markup.without_bullet(line)
            writer.line(markup.runs(f"· {words}" if markup.is_bullet(line) else words))


def _fill_right(cell, block):
    writer = _Lines(cell)
    for point in block["points"]:
        writer.line([(point.text, False)])


class _Lines:
    def __init__(self, cell):
        self.cell, self.is_first = cell, True

    def line(self, runs):
        paragraph = self.cell.paragraphs[0] if self.is_first else self.cell.add_paragraph()
        self.is_first = False
        for words, bold in runs:
            paragraph.add_run(words).bold = bold
