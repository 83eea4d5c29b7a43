"""A quarter as a workbook: one row an activity, one row an organisation; text always as text."""

import datetime as dt
import io

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import boards, cells
from campaigns.models import Answer, FormLine
from coalition.reference.models import Province
from projects.models import Activity

AT_ONCE = 1000  # lines read from the database together


def workbook(opened, today):
    """Return the bytes of the workbook of a round; it is written row by row, and no row is held."""
    buffer = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, **as_text})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _activities(book.add_worksheet(_("Activities")), styles, opened)
    _organisations(book.add_worksheet(_("Organisations")), styles, opened, today)
    book.close()
    return buffer.getvalue()


def _activities(sheet, styles, opened):
    """Write what was handed in; drafts stay their organisations' own."""
    lines = (
        FormLine.objects.filter(form__in=opened.forms.in_hand(), activity__archived_at=None)
        .select_related("form__organisation", "activity__province")
        .prefetch_related("activity__participation")
        .order_by("form__organisation__sort_key", "part", "activity__starts_on", "pk")
    )
    units = Province.objects.filter(activities__form_lines__in=lines).distinct()
    words = {"province": {unit.uid: unit.name for unit in units}, "kind": dict(Activity.Kind.choices)}
    heads = [_("Organisation"), _("Part of the form"), *(column.label for column in cells.COLUMNS)]
    _heads(sheet, styles, heads)
    for number, line in enumerate(lines.iterator(AT_ONCE), start=1):
        sheet.write_string(number, 0, str(line.form.organisation))
        sheet.write_string(number, 1, str(line.get_part_display()))
        for place, (code, value) in enumerate(cells.values_of(line).items(), start=2):
            shown = words[code].get(value, "") if code in words else value
            _write(sheet, (number, place), styles, cells.BY_CODE[code].kind, shown)


def _organisations(sheet, styles, opened, today):
    questions = list(opened.questions.order_by("order", "pk"))
    answers = {
        (form, question): text
        for form, question, text in Answer.objects.filter(form__in=opened.forms.in_hand()).values_list(
            "form_id", "question_id", "text"
        )
    }
    heads = [_("Organisation"), _("State"), _("Submitted"), _("Activities")]
    _heads(sheet, styles, [*heads, *(question.label for question in questions)])
    for number, form in enumerate(boards.rows_of_round(opened, today), start=1):
        sheet.write_string(number, 0, str(form.organisation))
        sheet.write_string(number, 1, str(form.words))
        if form.submitted_at:
            sheet.write_datetime(
                number, 2, timezone.localtime(form.submitted_at).replace(tzinfo=None), styles["date"]
            )
        sheet.write_number(number, 3, 0 if form.is_open else form.number_of_lines)
        for place, question in enumerate(questions, start=4):
            text = answers.get((form.pk, question.pk), "")
            if text:
                sheet.write_string(number, place, text[:32000], styles["text"])


def _heads(sheet, styles, heads):
    sheet.freeze_panes(1, 1)
    for place, words in enumerate(heads):
        sheet.write_string(0, place, str(words), styles["head"])
        sheet.set_column(place, place, 20)


def _write(sheet, cell, styles, kind, value):
    if value is None or value == "":
        return
    if kind == cells.DATE:
        sheet.write_datetime(*cell, dt.datetime.fromisoformat(value), styles["date"])
    elif kind == cells.COUNT:
        sheet.write_number(*cell, value)
    elif kind == cells.YES_NO:
        sheet.write_string(*cell, str(_("yes") if value else _("no")))
    else:
        sheet.write_string(*cell, str(value)[:32000], styles["text"])
