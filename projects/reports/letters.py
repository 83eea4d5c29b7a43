"""The letter that goes to the donor with a finished report, laid out as Decree 30/2020/NĐ-CP lays out official letters.

Article 8 and Annex I of the decree: who sends, number and sign, “V/v”, the country's name and motto, place and day,
“Kính gửi”, the text in justified paragraphs that ends with “./.”, who signs, “Nơi nhận”. The English letter keeps
the same order without country and motto. Word gets the Times New Roman that the decree asks for; the PDF is set in
the one font that we may put into files.
"""

import io
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from coalition import pdf
from projects.reports import document as documents

CSS = Path(__file__).with_name("letter.css")
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def proposal(report, language, *, sender, today):
    """Return what the form of a new letter begins with: what the snapshot of the report knows."""
    givers = (
        list(report.project.funding.select_related("giver", "receiver").order_by("order", "pk"))
        if report.project
        else []
    )
    to = [line.giver.name_in(language) for line in givers if line.receiver_id == sender.pk] or [
        line.giver.name_in(language) for line in givers
    ]
    with override(language):
        return {
            "place": _("Ha Noi"),
            "dated_on": today,
            "recipients": "\n".join(dict.fromkeys(to)),
            "subject": _("report on the period from %(start)s to %(end)s") % _period(report),
            "text": "\n\n".join(_paragraphs(report, language, sender, givers)),
            "signer_title": _("Director"),
            "copies": _("As above") + "\n" + _("For our files"),
        }


def _period(report):
    return {
        "start": formats.date_format(report.starts_on, "SHORT_DATE_FORMAT"),
        "end": formats.date_format(report.ends_on, "SHORT_DATE_FORMAT"),
    }


def _paragraphs(report, language, sender, funding):
    """Return the text that is proposed, from the facts of the frozen report."""
    grants = "; ".join(dict.fromkeys(line.grant_number for line in funding if line.grant_number))
    known = {"sender": sender.name_in(language), "title": report.title, "grants": grants, **_period(report)}
    opening = _("%(sender)s sends you its report “%(title)s” for the period from %(start)s to %(end)s.")
    if grants:
        opening = _(
            "Under grant agreement %(grants)s, %(sender)s sends you its report “%(title)s” for the period from "
            "%(start)s to %(end)s."
        )
    found = [opening % known]
    results = _results(report.snapshot, language)
    if results:
        found.append(_("Main results of the period: %(results)s.") % {"results": results})
    found.append(
        _(
            "The figures come from the activity log and were frozen on %(day)s; the detailed tables are attached to "
            "the PDF as a spreadsheet. The fingerprint of the data (SHA-256) begins with %(fingerprint)s."
        )
        % {
            "day": formats.date_format(timezone.localtime(report.finished_at), "SHORT_DATE_FORMAT"),
            "fingerprint": report.sha256[:16],
        }
    )
    contact = (
        _("For any question please write to %(address)s.") % {"address": sender.email} if sender.email else ""
    )
    found.append(" ".join(part for part in (_("We would be glad to have your comments."), contact) if part))
    return found


def _results(document, language):
    """Return the first figures of a report in a language; "" where it was not made in it."""
    values = [
        f"{documents.show(block['value'], 'number', language)} {block['words']}"
        for section in document["sections"]
        if section["language"] == language
        for block in section["blocks"]
        if block["type"] == "figure"
    ]
    return "; ".join(list(dict.fromkeys(values))[:3])


def laid_out(letter, sender):
    """Return the letter as its parts in words, which both forms show."""
    with override(letter.language):
        official = letter.language == "vi"
        code = sender.short_name or sender.code
        recipients = _lines(letter.recipients)
        paragraphs = _lines(letter.text)
        return {
            "language": letter.language,
            "official": official,
            "country": COUNTRY,
            "motto": MOTTO,
            "sender": sender.name_in(letter.language).upper(),
            "number": f"Số: {letter.number or '       '}/CV-{code}"
            if official
            else _("No.: %(number)s") % {"number": letter.number or "       "},
            "subject": f"V/v {letter.subject}"
            if official
            else _("Subject: %(subject)s") % {"subject": letter.subject},
            "date": _date(letter),
            "to": _("To:"),
            "recipients": recipients,
            "paragraphs": [*paragraphs[:-1], paragraphs[-1].rstrip(".") + "./."]
            if official and paragraphs
            else paragraphs,
            "closing": "" if official else _("Yours faithfully,"),
            "signer_title": letter.signer_title.upper(),
            "signer_name": letter.signer_name,
            "copies_head": _("Copies to:"),
            "copies": _lines(letter.copies),
        }


def _lines(words):
    return [line.strip() for line in words.splitlines() if line.strip()]


def _date(letter):
    """Write place and day; days below 10 and the first two months get a zero (Decree 30/2020, Annex I)."""
    day = letter.dated_on
    if letter.language == "vi":
        return f"{letter.place}, ngày {day.day:02d} tháng {day.month:{'02d' if day.month < 3 else 'd'}} năm {day.year}"
    return f"{letter.place}, {formats.date_format(day, 'j F Y')}"


def as_pdf(letter, sender):
    """Return the letter as tagged PDF (bytes)."""
    shown = laid_out(letter, sender)
    return pdf.render(
        render_to_string("reports/letter.html", {"letter": shown}), css=CSS.read_text(encoding="utf-8")
    )


def as_docx(letter, sender):
    """Return the letter as .docx (bytes)."""
    shown, paper = laid_out(letter, sender), Document()
    page, normal = paper.sections[0], paper.styles["Normal"]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    normal.paragraph_format.space_after = Pt(0)
    _head(paper, shown)
    _recipients(paper, shown["to"], shown["recipients"])
    for words in shown["paragraphs"]:
        line = _write(paper, words, align=ALIGN.JUSTIFY)
        line.paragraph_format.first_line_indent, line.paragraph_format.space_before = Mm(10), Pt(6)
    _foot(paper, shown)
    paper.core_properties.title = shown["subject"][:250]
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _head(paper, shown):
    """Write who sends on the left; country, motto, place and day on the right."""
    left, right = _halves(paper)
    _write(left, shown["sender"], bold=True, first=True)
    _write(left, "_" * 8, size=8)
    _write(left, shown["number"])
    _write(left, shown["subject"], size=12)
    if shown["official"]:
        _write(right, shown["country"], bold=True, size=12, first=True)
        _write(right, shown["motto"], bold=True)
        _write(right, "_" * 30, size=8)
    _write(right, shown["date"], italic=True, first=not shown["official"])


def _halves(paper):
    """Add two cells without lines; the right one holds the name of the country in one line."""
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for column, cell, width in zip(table.columns, cells, (Mm(62), Mm(103)), strict=True):
        column.width = cell.width = width
    return cells


def _recipients(paper, head, names):
    line = _write(paper, f"{head} {names[0] if len(names) == 1 else ''}".rstrip())
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(12)
    for place, name in enumerate(names if len(names) > 1 else [], start=1):
        _write(paper, f"- {name}{'.' if place == len(names) else ';'}")


def _foot(paper, shown):
    """Write who gets copies on the left, and who signs on the right with room for hand and stamp."""
    paper.add_paragraph()
    left, right = _halves(paper)
    _write(left, shown["copies_head"], bold=True, italic=True, size=12, align=ALIGN.LEFT, first=True)
    for place, name in enumerate(shown["copies"], start=1):
        _write(left, f"- {name}{'.' if place == len(shown['copies']) else ';'}", size=11, align=ALIGN.LEFT)
    if shown["closing"]:
        _write(right, shown["closing"], first=True)
    _write(right, shown["signer_title"], bold=True, first=not shown["closing"])
    for _line in range(4):
        _write(right, "")
    _write(right, shown["signer_name"], bold=True)


def _write(place, words, *, bold=False, italic=False, size=13, align=ALIGN.CENTER, first=False):
    """Add a paragraph to a document or cell; the `first` of a cell is there already."""
    line = place.paragraphs[0] if first else place.add_paragraph()
    line.alignment = align
    run = line.add_run("".join(sign for sign in words if sign.isprintable()))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return line


MAKERS = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
