"""The form as a workbook: what goes out comes back, and everything that is wrong is said at once."""

import datetime as dt
import io
import json
import shutil
import subprocess

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns import actions
from campaigns.models import FormImport, FormLine
from campaigns.workbook import comparing, reading
from coalition.files.checks import Refused
from coalition.reference.models import Province
from projects.models import Activity, Participation
from tests.campaigns.conftest import fill
from tests.campaigns.sheets import HEADS, XLSX, add_row, book_of, import_form, packed, read, take


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_workbook_that_comes_back_unchanged_changes_nothing(form, focal, language):
    line = fill(form, focal)
    line.activity.province = Province.objects.get(uid="VN63-01")
    line.activity.save()

    found = comparing.plan(form, read(form, book_of(form, language)).as_data())

    assert found.mistakes == []
    assert [entry.kind for entry in found.entries] == ["same"]
    assert not found.changes_something


def test_the_workbook_has_real_dates_drop_downs_and_locked_heads(form, focal):
    fill(form, focal)

    sheet = book_of(form).worksheets[1]

    assert sheet["D2"].value == dt.datetime(2015, 2, 12)
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "whole", "date"}
    assert sheet.protection.sheet
    assert sheet["B1"].protection.locked
    assert not sheet["B2"].protection.locked
    assert not sheet.column_dimensions["B"].protection.locked
    assert sheet.column_dimensions["A"].hidden


def test_the_list_of_provinces_is_that_of_the_quarter(form):
    lists = book_of(form)["_lists"]

    names = [cell.value for cell in lists["A"] if cell.value]

    assert len(names) == 63
    assert "Yên Bái" in names


def test_new_and_changed_lines_and_answers_are_taken_over_once(form, focal):
    line = fill(form, focal)
    book = book_of(form)
    book.worksheets[1]["B2"].value = "Tên đã sửa"
    add_row(book, 3, title="Dòng mới", province="yen bai", girls="1.200", boys=0, women="", logo="có")
    book.worksheets[3]["C3"].value = "Trùng kỳ thi"
    taken = take(form, book, focal)

    for _time in range(2):
        actions.apply_import(taken, by=focal, version=form.version)

    line.activity.refresh_from_db()
    assert line.activity.title == "Tên đã sửa"
    new = Activity.objects.get(title="Dòng mới")
    assert (new.lead, new.state, new.province.uid) == (form.organisation, "held", "VN63-15")
    assert {(row.group, row.sex): row.count for row in new.participation.all()} == {
        ("children", "female"): 1200,
        ("children", "male"): 0,
    }
    assert FormLine.objects.get(activity=new).logo_used is True
    assert form.answers.get(question__code="difficulties").text == "Trùng kỳ thi"
    assert new.history.count() == 1
    assert form.steps.filter(verb="imported").count() == 1


def test_the_same_workbook_uploaded_twice_makes_no_second_activity(form, focal):
    book = book_of(form)
    add_row(book, 2, title="Dòng mới")
    for _time in range(2):
        form.refresh_from_db()
        actions.apply_import(take(form, book, focal), by=focal, version=form.version)

    assert Activity.objects.filter(title="Dòng mới").count() == 1
    assert form.lines.count() == 1


def test_the_three_way_preview_shows_workbook_draft_and_submission(client, submitted, coordinator, focal):
    line = submitted.lines.get()
    book = book_of(submitted)
    form = actions.return_form(
        submitted, by=coordinator, notes=[("answer-highlights", "x")], today=dt.date(2015, 4, 13)
    )
    line.activity.title = "Bản nháp đã sửa"
    line.activity.save()
    book.worksheets[1]["B2"].value = "Trong tệp Excel"

    found = comparing.plan(form, read(form, book).as_data())

    change = found.changed[0].changes[0]
    assert (change.workbook, change.draft, change.submitted) == (
        "Trong tệp Excel",
        "Bản nháp đã sửa",
        "Hội thảo về quyền tham gia",
    )
    assert change.is_both


def test_a_line_left_out_of_the_workbook_stays(form, focal):
    line = fill(form, focal)
    book = book_of(form)
    book.worksheets[1].delete_rows(2)

    found = comparing.plan(form, read(form, book).as_data())

    assert found.untouched == [line]
    assert not found.changes_something


def test_numbers_kept_in_detail_are_not_overwritten(form, focal):
    line = fill(form, focal)
    line.activity.participation.update(age="6-10")
    book = book_of(form)
    book.worksheets[1].cell(2, HEADS["girls"]).value = 99

    taken = take(form, book, focal)

    assert taken.state == "wrong"
    assert [each["cell"] for each in taken.mistakes] == ["I2"]


def test_a_preview_of_an_older_draft_is_not_applied(client, form, focal):
    book = book_of(form)
    add_row(book, 2)
    taken = take(form, book, focal)
    version = form.version
    actions.save_answers(form, typed={"support": "x"}, base_version=version, by=focal)
    client.force_login(focal)

    client.post(reverse("campaigns:import_page", args=[taken.public_id]), {"version": version})

    assert not Activity.objects.exists()


def test_a_copied_row_is_a_new_line(form, focal):
    fill(form, focal)
    book = book_of(form)
    sheet = book.worksheets[1]
    for place in range(1, 18):
        sheet.cell(3, place).value = sheet.cell(2, place).value
    sheet["B3"].value = "Bản sao"

    found = comparing.plan(form, read(form, book).as_data())

    assert [entry.kind for entry in found.entries] == ["same", "new"]


def test_the_key_of_another_organisations_activity_does_not_open_it(form, focal, strangers_form, stranger):
    foreign = fill(strangers_form, stranger, title="Của tổ chức khác")
    book = book_of(form)
    add_row(book, 2, key=f"{foreign.activity.public_id}.1", title="Chiếm lấy")

    actions.apply_import(take(form, book, focal), by=focal, version=form.version)

    foreign.activity.refresh_from_db()
    assert foreign.activity.title == "Của tổ chức khác"
    assert Activity.objects.get(title="Chiếm lấy").lead == form.organisation


@pytest.fixture
def next_round(campaign, member, coordinator, today):
    return actions.open_round(campaign=campaign, year=2015, quarter=2, by=coordinator, today=today)[0]


def test_another_organisations_or_quarters_file_is_refused_by_its_signature(form, strangers_form, next_round):
    with pytest.raises(Refused):
        read(form, book_of(strangers_form))
    with pytest.raises(Refused):
        read(form, book_of(next_round.forms.get(organisation=form.organisation)))


@pytest.mark.parametrize("token", [None, "", "x", "MEMBER", "a:b:c"])
def test_a_signature_that_is_gone_or_tampered_with_is_refused(form, token):
    book = book_of(form)
    book["_meta"]["A1"].value = token

    with pytest.raises(Refused):
        read(form, book)


def test_the_marked_workbook_has_red_cells_and_comments_and_can_be_corrected(client, form, focal):
    book = book_of(form)
    add_row(book, 2, starts_on="31/02/2015", girls="nhiều")
    taken = take(form, book, focal)
    client.force_login(focal)

    answered = client.get(reverse("campaigns:import_marked", args=[taken.public_id]))
    red = openpyxl.load_workbook(io.BytesIO(answered.content))

    sheet = red.worksheets[1]
    assert sheet["D2"].fill.fgColor.rgb == "FFF4B8B0"
    assert sheet["I2"].comment.text
    assert sheet["C2"].comment is None
    sheet["D2"].value, sheet["I2"].value = dt.date(2015, 2, 28), 7
    assert read(form, red).mistakes == []


def test_the_pages_of_upload_preview_and_confirmation(client, form, focal):
    client.force_login(focal)
    answered = client.get(reverse("campaigns:form_download", args=[form.public_id]))
    book = openpyxl.load_workbook(io.BytesIO(answered.content))
    add_row(book, 2, title="Qua trang web")

    shown = client.post(
        reverse("campaigns:form_upload", args=[form.public_id]), {"workbook": packed(book)}, follow=True
    )
    assert "Qua trang web" in shown.content.decode()
    assert not Activity.objects.exists()
    client.post(shown.request["PATH_INFO"], {"version": form.version})

    assert Activity.objects.get().title == "Qua trang web"


def test_a_stranger_reaches_neither_download_nor_upload_nor_preview(client, form, focal, stranger):
    taken = take(form, book_of(form), focal)
    upload = packed(book_of(form))
    client.force_login(stranger)

    assert client.get(reverse("campaigns:form_download", args=[form.public_id])).status_code == 404
    assert (
        client.post(reverse("campaigns:form_upload", args=[form.public_id]), {"workbook": upload}).status_code
        == 404
    )
    for name in ("import_page", "import_marked"):
        assert client.get(reverse(f"campaigns:{name}", args=[taken.public_id])).status_code == 404
    assert client.post(reverse("campaigns:import_page", args=[taken.public_id])).status_code == 404


def test_a_strangers_own_upload_of_my_file_is_refused(client, form, strangers_form, stranger):
    client.force_login(stranger)

    answered = client.post(
        reverse("campaigns:form_upload", args=[strangers_form.public_id]), {"workbook": packed(book_of(form))}
    )

    assert answered.status_code == 415
    assert not FormImport.objects.exists()


def test_a_submitted_form_takes_no_workbook(client, submitted, focal):
    client.force_login(focal)

    answered = client.post(
        reverse("campaigns:form_upload", args=[submitted.public_id]), {"workbook": packed(book_of(submitted))}
    )

    assert answered.status_code == 404


def test_the_command_previews_and_imports(form, tmp_path, capsys):
    book = book_of(form)
    add_row(book, 2, title="Từ dòng lệnh", girls=5)
    path = tmp_path / "phieu.xlsx"
    book.save(path)

    import_form(path, "--dry-run")
    dry = json.loads(capsys.readouterr().out)
    assert (dry["ok"], dry["new"], dry["applied"]) == (True, 1, False)
    assert not Activity.objects.exists()
    import_form(path)
    first = json.loads(capsys.readouterr().out)
    import_form(path)
    again = json.loads(capsys.readouterr().out)

    assert (first["new"], first["applied"]) == (1, True)
    assert (again["new"], again["same"]) == (0, 1)
    assert Participation.objects.get().count == 5


def test_the_command_says_what_is_wrong_and_fails(form, tmp_path, capsys):
    book = book_of(form)
    add_row(book, 2, girls="nhiều")
    path = tmp_path / "phieu.xlsx"
    book.save(path)

    with pytest.raises(SystemExit):
        import_form(path)

    said = json.loads(capsys.readouterr().out)
    assert [each["cell"] for each in said["mistakes"]] == ["I2"]
    assert said["ok"] is False


@pytest.mark.servers
@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice on this machine")
def test_libreoffice_opens_and_saves_the_form_and_it_still_comes_in(form, focal, tmp_path):
    fill(form, focal)
    book = book_of(form)
    add_row(book, 3, title="Sửa trong LibreOffice", girls=8, province="Hà Nội")
    book.save(tmp_path / "phieu.xlsx")
    out = tmp_path / "out"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(tmp_path / "phieu.xlsx"),
        ],
        check=True,
        timeout=120,
        capture_output=True,
    )

    upload = SimpleUploadedFile("phieu.xlsx", (out / "phieu.xlsx").read_bytes(), XLSX)
    found = comparing.plan(form, reading.read(form, upload).as_data())

    assert found.mistakes == []
    assert [entry.kind for entry in found.entries] == ["same", "new"]
    assert found.new[0].row["values"]["children_female"] == 8
