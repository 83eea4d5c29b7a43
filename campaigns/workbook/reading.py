"""Turns the plain cells of an uploaded workbook into lines and answers, with every mistake at once."""

from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns import cells, missing
from campaigns.forms import LONGEST
from campaigns.resources import LineResource, plain_text, yes_no_words
from campaigns.workbook import guarding, layout, legacy
from coalition import text
from coalition.files.checks import Refused


@dataclass
class Reading:
    """What a workbook says; nothing is written yet.

    `lines` are dicts with part, sheet, row, key, values and marks, those of the values as downloaded;
    `answers` and `answer_marks` are by question code; `ignored` names columns that the form does not have.
    """

    lines: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    answer_marks: dict = field(default_factory=dict)
    ignored: list = field(default_factory=list)
    mistakes: list = field(default_factory=list)
    encoding: str = ""
    form_version: int = 0

    def wrong(self, sheet, cell, words):
        self.mistakes.append({"sheet": sheet, "cell": cell, "words": str(words)})

    def as_data(self):
        return {
            "lines": self.lines,
            "answers": self.answers,
            "answer_marks": self.answer_marks,
            "ignored": self.ignored,
            "encoding": self.encoding,
        }


def read(form, upload, *, encoding=""):
    """Check, read and judge an upload for this very form; raise Refused where it is not to be read at all.

    `encoding` converts text of an old font ("tcvn3", "vni"); without it such text is a mistake that says so.
    """
    return read_content(form, guarding.checked_content(upload), encoding=encoding)


def read_content(form, content, *, encoding=""):
    """Judge the bytes of a workbook that passed the checks."""
    sheets = guarding.read(content)
    origin = _origin(form, sheets)
    reading = Reading(form_version=origin.form_version)
    named = {part: name for name, part in layout.parts_by_name().items() if name in sheets}
    found = legacy.detect(_texts(sheets, named))
    if found and encoding == found:
        sheets = {
            name: [[_converted(cell, found) for cell in row] for row in rows] for name, rows in sheets.items()
        }
    elif found:
        reading.encoding = found
        reading.wrong(
            "",
            "",
            _(
                "The text was typed in an old font, %(font)s, and would be unreadable here. It can be converted."
            )
            % {"font": legacy.name_of(found)},
        )
    for part in ("done", "plan", "questions"):
        if part not in named:
            names = layout.sheet_names(get_language() or "vi")
            reading.wrong("", "", _("The sheet “%(name)s” is missing.") % {"name": names[part]})
        elif part == "questions":
            _read_answers(reading, form, named[part], sheets[named[part]])
        else:
            _read_lines(reading, form, part, named[part], sheets[named[part]])
    return reading


def _origin(form, sheets):
    """Return where the workbook comes from; refuse what was not made for this organisation and quarter."""
    rows = sheets.get(layout.META, [])
    origin = layout.read_signature(rows[0][0] if rows and rows[0] else "")
    if origin is None:
        raise Refused(
            _("This is not a form of this portal, or its hidden mark is gone. Download the form again.")
        )
    if origin.organisation != form.organisation.public_id:
        raise Refused(_("This workbook belongs to another organisation."))
    if origin.round != form.round.public_id:
        raise Refused(_("This workbook belongs to another quarter."))
    if origin.template_version != form.round.template_version:
        raise Refused(_("This workbook is of an older layout. Download the form again."))
    return origin


def _texts(sheets, named):
    """Return what people typed: the rows of the lines without their heads, and the answers."""
    typed = [
        cell
        for part in ("done", "plan")
        if part in named
        for row in sheets[named[part]][1:]
        for cell in row[1:]
    ]
    typed += [row[2] for row in sheets.get(named.get("questions"), [])[1:] if len(row) > 2]
    return [cell for cell in typed if isinstance(cell, str) and not cell.isascii()]


def _converted(cell, encoding):
    return legacy.converted(cell, encoding) if isinstance(cell, str) and not cell.isascii() else cell


def _read_lines(reading, form, part, sheet, rows):
    period = form.round.period
    place_of = _places(reading, part, sheet, rows[0] if rows else [])
    if place_of is None:
        return
    key_place = place_of.pop(layout.KEY_HEAD)
    span = period.next() if part == "plan" else period
    resource = LineResource(part, period, cells.provinces_on(span.starts_on, span.ends_on))
    if len(rows) - 1 > layout.MOST_ROWS:
        raise Refused(guarding.too_many_rows(), status=413)
    for number, row in enumerate(rows[1:], start=2):
        filled = {code: row[place] if place < len(row) else None for code, place in place_of.items()}
        if all(_is_blank(cell) for cell in filled.values()):
            continue
        values, wrong = resource.values(filled)
        for code, words in wrong.items():
            reading.wrong(sheet, f"{layout.column_letter(place_of[code])}{number}", words)
        key, marks = layout.read_line_key(row[key_place] if key_place < len(row) else "", part)
        reading.lines.append(
            {"part": part, "sheet": sheet, "row": number, "values": values, "key": key, "marks": marks}
        )
    _name_what_is_left_out(reading, sheet, rows, {key_place, *place_of.values()})


def _name_what_is_left_out(reading, sheet, rows, taken):
    """Note the columns somebody added and filled: the form has no place for them, and says so."""
    for place in range(max(map(len, rows), default=0)):
        filled = any(place < len(row) and not _is_blank(row[place]) for row in rows[1:])
        if place not in taken and filled:
            head = rows[0][place] if place < len(rows[0]) else None
            name = head if isinstance(head, str) else layout.column_letter(place)
            reading.ignored.append(f"{sheet}: {text.clean(name)[:60]}")


def _is_blank(cell):
    return cell is None or (isinstance(cell, str) and not text.clean(cell).strip())


def _places(reading, part, sheet, head):
    """Return {column code: place} from the heads in either language, or None after saying what is missing.

    Under KEY_HEAD stands the place of the hidden keys: without them every known line would look new.
    """
    place_of = {}
    known = [
        dict(zip(map(text.fold, layout.heads(part, language)), cells.columns_of(part), strict=True))
        for language in layout.LANGUAGES
    ]
    for place, words in enumerate(head):
        for columns in known:
            column = columns.get(text.fold(str(words or "")))
            if column and column.code not in place_of:
                place_of[column.code] = place
        if words == layout.KEY_HEAD:
            place_of.setdefault(layout.KEY_HEAD, place)
    missing = [str(column.label) for column in cells.columns_of(part) if column.code not in place_of]
    if missing:
        reading.wrong(sheet, "A1", _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)})
        return None
    if layout.KEY_HEAD not in place_of:
        reading.wrong(
            sheet,
            "A1",
            _("The hidden first column is gone. Download the form again and copy your lines into it."),
        )
        return None
    return place_of


def _read_answers(reading, form, sheet, rows):
    questions = {question.code: question for question in form.round.questions.all()}
    for number, row in enumerate(rows[1:], start=2):
        code, mark = layout.read_answer_key(row[0] if row else "")
        given = row[2] if len(row) > 2 else None
        if code not in questions or code in reading.answers:
            if not _is_blank(given):
                words = _("This row belongs to no question. Write the answer beside its question.")
                reading.wrong(sheet, f"C{number}", words)
            continue
        try:
            reading.answers[code] = _answer(questions[code], given)
        except ValueError as wrong:
            reading.wrong(sheet, f"C{number}", wrong)
        reading.answer_marks[code] = mark


def _answer(question, given):
    """Return the text of an answer; raise ValueError with words where it does not fit its question."""
    given = plain_text(given)
    if question.kind == "yes_no" and given:
        words = {word: "yes" if value else "no" for word, value in yes_no_words().items()}
        if text.fold(given) not in words:
            raise ValueError(_("“%(value)s”: write yes or no.") % {"value": given[:60]})
        return words[text.fold(given)]
    if len(given) > LONGEST:
        raise ValueError(_("Too long: at most %(letters)s letters.") % {"letters": LONGEST})
    misfit = missing.misfit(question, given) if given else ""
    if misfit:
        raise ValueError(misfit)
    return given
