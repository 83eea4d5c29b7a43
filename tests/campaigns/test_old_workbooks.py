"""Workbooks that lay about, or went through other hands: what is newer on the portal is never undone silently."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns import actions
from campaigns.models import FormImport, Question
from campaigns.workbook import comparing
from projects.models import Activity, Participation
from tests.campaigns.conftest import fill
from tests.campaigns.sheets import HEADS, add_row, book_of, import_form, packed, read, take

DAY = dt.date(2015, 4, 13)


def plan_of(form, book):
    return comparing.plan(form, read(form, book).as_data())


@pytest.fixture
def lying_about(submitted, coordinator, focal):
    """A workbook downloaded before the return; since then title and highlights were changed on the portal."""
    book = book_of(submitted)
    form = actions.return_form(submitted, by=coordinator, notes=[("answer-highlights", "x")], today=DAY)
    activity = form.lines.get().activity
    activity.title = "Sửa trên cổng"
    activity.save()
    actions.save_answers(form, typed={"highlights": "Sửa trên cổng"}, base_version=form.version, by=focal)
    form.refresh_from_db()
    return form, book


def test_what_nobody_touched_in_the_workbook_stays_as_it_is_on_the_portal(lying_about, focal):
    form, book = lying_about
    book.worksheets[1].cell(2, HEADS["girls"]).value = 21

    found = plan_of(form, book)
    actions.apply_import(take(form, book, focal), by=focal, version=form.version)

    assert [change.code for change in found.changed[0].changes] == ["children_female"]
    assert (found.answers, found.newer_here, found.conflicts) == ([], 2, 0)
    activity = form.lines.get().activity
    assert (activity.title, activity.participation.get().count) == ("Sửa trên cổng", 21)
    assert form.answers.get(question__code="highlights").text == "Sửa trên cổng"


@pytest.mark.parametrize("keeps", [True, False])
def test_what_both_sides_changed_is_chosen_cell_by_cell(client, lying_about, focal, keeps):
    form, book = lying_about
    book.worksheets[1]["B2"].value = "Sửa trong tệp"
    book.worksheets[3]["C2"].value = "Sửa trong tệp"
    activity = form.lines.get().activity
    client.force_login(focal)
    path = reverse("campaigns:form_upload", args=[form.public_id])
    page = client.post(path, {"workbook": packed(book)}, follow=True)
    names = [f"{activity.public_id}-title", "answer-highlights"]

    assert all(f'value="{name}"' in page.content.decode() for name in names)
    client.post(page.request["PATH_INFO"], {"version": form.version, "keep": names if keeps else []})

    activity.refresh_from_db()
    texts = {activity.title, form.answers.get(question__code="highlights").text}
    assert texts == ({"Sửa trên cổng"} if keeps else {"Sửa trong tệp"})
    assert FormImport.objects.get().state == "applied"


def test_a_row_that_was_taken_out_on_the_portal_stays_out_unless_it_was_rewritten(form, focal):
    line = fill(form, focal)
    book = book_of(form)
    actions.remove_line(line, by=focal)
    form.refresh_from_db()

    assert [entry.kind for entry in plan_of(form, book).entries] == ["gone"]

    book.worksheets[1].cell(2, HEADS["girls"]).value = 21
    assert [entry.kind for entry in plan_of(form, book).entries] == ["back"]
    actions.apply_import(take(form, book, focal), by=focal, version=form.version)
    assert [line.activity.participation.get().count for line in form.lines.all()] == [21]


def test_an_archived_activity_does_not_come_back_as_a_new_one(form, focal):
    line = fill(form, focal)
    book = book_of(form)
    book.worksheets[1].cell(2, HEADS["girls"]).value = 21
    line.activity.archive()

    assert [entry.kind for entry in plan_of(form, book).entries] == ["gone"]
    assert not plan_of(form, book).changes_something


def test_rows_may_be_moved_hidden_merged_and_separated_and_sheets_reordered(form, focal):
    fill(form, focal)
    book = book_of(form)
    sheet = book.worksheets[1]
    add_row(book, 3, title="Dòng mới", girls=8)
    sheet.insert_rows(2, 2)
    sheet.row_dimensions[4].hidden = True
    sheet.merge_cells("B8:D9")
    book.move_sheet(sheet, offset=-1)

    found = plan_of(form, book)

    assert found.mistakes == []
    assert [(entry.kind, entry.row["row"]) for entry in found.entries] == [("same", 4), ("new", 5)]


def test_columns_somebody_added_are_named_and_left_out(client, form, focal):
    fill(form, focal)
    book = book_of(form)
    sheet = book.worksheets[1]
    sheet.insert_cols(5)
    sheet["E1"].value, sheet["E2"].value = "Ghi chú riêng", "hỏi lại chị Hoa"
    client.force_login(focal)

    path = reverse("campaigns:form_upload", args=[form.public_id])
    page = client.post(path, {"workbook": packed(book)}, follow=True)

    assert FormImport.objects.get().read["ignored"] == ["Quý này: Ghi chú riêng"]
    assert "Quý này: Ghi chú riêng" in page.content.decode()
    assert not plan_of(form, book).changes_something


def test_without_the_hidden_column_nothing_is_taken_for_new(form, focal):
    fill(form, focal)
    book = book_of(form)
    book.worksheets[1].delete_cols(1)

    reading = read(form, book)

    assert [each["cell"] for each in reading.mistakes] == ["A1"]
    assert reading.lines == []


def test_a_row_whose_key_was_lost_is_known_by_what_it_says(form, focal):
    line = fill(form, focal)
    book = book_of(form)
    book.worksheets[1]["A2"].value = None
    book.worksheets[1].cell(2, HEADS["girls"]).value = 21

    found = plan_of(form, book)

    assert [(entry.kind, entry.line) for entry in found.entries] == [("changed", line)]


def test_the_same_new_row_twice_is_named_and_not_dropped(form, focal):
    line = fill(form, focal)
    book = book_of(form)
    add_row(book, 3, title="Dòng mới")
    add_row(book, 4, title="Dòng mới")
    add_row(book, 5, title=line.activity.title, starts_on=line.activity.starts_on, place=line.activity.place)
    taken = take(form, book, focal)

    assert [each["cell"] for each in taken.mistakes] == ["B4", "B5"]
    assert taken.state == "wrong"


def test_answers_are_checked_by_the_kind_of_their_question(form):
    Question.objects.create(round=form.round, code="so-tre", kind="number", label_vi="Bao nhiêu em?", order=9)
    book = book_of(form)
    sheet = book.worksheets[3]
    sheet["C5"].value, sheet["C6"].value, sheet["C7"].value = "có thể", "không phải địa chỉ", "nhiều"
    sheet["C9"].value = "Viết ở chỗ không có câu hỏi"

    assert [each["cell"] for each in read(form, book).mistakes] == ["C5", "C6", "C7", "C9"]


@pytest.mark.parametrize("number", [1, 4])
def test_changed_lines_are_written_in_the_same_number_of_statements(form, focal, number):
    for each in range(number):
        fill(form, focal, title=f"Hội thảo {each}")
    book = book_of(form)
    for row in range(2, number + 2):
        book.worksheets[1].cell(row, HEADS["girls"]).value = 100 + row
        book.worksheets[1].cell(row, HEADS["outcome"]).value = f"Kết quả {row}"
        book.worksheets[1].cell(row, HEADS["logo"]).value = "có"
    form.refresh_from_db()
    found = plan_of(form, book)

    with CaptureQueriesContext(connection) as statements:
        actions.write_plan(form, found, by=focal)

    assert len(statements) == 21
    assert set(Participation.objects.values_list("count", flat=True)) == {
        102 + each for each in range(number)
    }
    assert {activity.history.count() for activity in Activity.objects.all()} == {2}
    assert {activity.version for activity in Activity.objects.all()} == {2}
    assert set(form.lines.values_list("logo_used", flat=True)) == {True}


def test_from_the_shell_what_both_sides_changed_is_refused_unless_the_workbook_shall_win(
    lying_about, tmp_path, capsys
):
    form, book = lying_about
    book.worksheets[1]["B2"].value = "Sửa trong tệp"
    book.worksheets[3]["C2"].value = "Sửa trong tệp"
    path = tmp_path / "phieu.xlsx"
    book.save(path)
    activity = form.lines.get().activity

    with pytest.raises(SystemExit):
        import_form(path)
    said = json.loads(capsys.readouterr().out)
    activity.refresh_from_db()
    kept = activity.title
    import_form(path, "--workbook-wins")
    forced = json.loads(capsys.readouterr().out)

    assert (said["ok"], said["applied"], said["conflicts"]) == (False, False, 2)
    assert [(each["sheet"], each["cell"]) for each in said["mistakes"]] == [("Quý này", "B2"), ("", "")]
    assert all(
        "Sửa trên cổng" in each["words"] and "Sửa trong tệp" in each["words"] for each in said["mistakes"]
    )
    assert kept == "Sửa trên cổng"
    assert (forced["ok"], forced["applied"], forced["conflicts"]) == (True, True, 2)
    activity.refresh_from_db()
    assert activity.title == "Sửa trong tệp"
