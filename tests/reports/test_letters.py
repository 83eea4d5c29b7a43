"""The letter to the donor: proposed from the finished report, laid out as the decree has it, of nobody else."""

import datetime as dt
import io
import shutil
import subprocess

import pikepdf
import pytest
from django.urls import reverse
from docx import Document

from projects.models import ReportLetter
from projects.reports import actions, letters
from tests.factories.reports import ReportFactory, ReportLetterFactory
from tests.reports import ua
from tests.reports.test_paper import HOSTILE


@pytest.fixture
def finished(logged, coordinator):
    logged.funding.update(grant_number="EU/2019/1")
    report = ReportFactory(project=logged, title="Báo cáo 2020")
    return actions.finish(report, by=coordinator)


def address(report, language="vi", kind=""):
    if kind:
        return reverse("projects:report_letter_file", args=[report.public_id, language, kind])
    return reverse("projects:report_letter", args=[report.public_id, language])


def test_a_letter_is_proposed_from_the_facts_saved_and_handed_out(client, coordinator, finished):
    client.force_login(coordinator)
    form = client.get(address(finished)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert "2 hoạt động đã diễn ra; 2 tổ chức được hỗ trợ; 58 lượt tham gia" in typed["text"]
    assert "thỏa thuận tài trợ số EU/2019/1" in typed["text"]
    assert typed["recipients"] == finished.project.funding.get().giver.name_vi

    client.post(address(finished), typed | {"number": "12", "signer_name": "Nguyễn Thị Đường"})

    letter = ReportLetter.objects.get()
    assert (letter.report, letter.language, letter.created_by) == (finished, "vi", coordinator)
    assert client.get(address(finished, kind="pdf")).content[:5] == b"%PDF-"
    assert client.get(address(finished, kind="docx")).content[:2] == b"PK"
    assert client.get(address(finished, kind="exe")).status_code == 404


def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(client, coordinator, finished):
    client.force_login(coordinator)

    answer = client.post(address(finished), {"place": "Hà Nội", "text": "Xin gửi."})

    assert answer.context["form"].errors.keys() == {"dated_on", "recipients", "subject", "signer_title"}
    assert "Xin gửi." in answer.content.decode()
    assert not ReportLetter.objects.exists()


def test_a_draft_has_no_letter_and_neither_has_another_language(client, coordinator, finished, logged):
    client.force_login(coordinator)

    assert client.get(address(ReportFactory(project=logged))).status_code == 404
    assert client.get(address(finished, "fr")).status_code == 404
    assert client.get(address(finished, kind="pdf")).status_code == 404


@pytest.mark.parametrize("who", ["donor", "focal", "stranger"])
def test_only_the_secretariat_writes_letters(client, request, finished, who):
    ReportLetterFactory(report=finished)
    client.force_login(request.getfixturevalue(who))

    assert client.get(address(finished)).status_code == 403
    assert client.get(address(finished, kind="pdf")).status_code == 403


def test_the_parts_of_an_official_letter_stand_in_their_order(secretariat):
    letter = ReportLetter(
        language="vi", number="12", place="Hà Nội", dated_on=dt.date(2021, 2, 5), subject="gửi báo cáo năm 2020",
        recipients="Quỹ A\nQuỹ B", text="Đoạn một.\n\nTrân trọng.", signer_title="Giám đốc", copies="Như trên\nLưu: VT",
    )  # fmt: skip

    shown = letters.laid_out(letter, secretariat)

    assert shown["number"] == f"Số: 12/CV-{secretariat.short_name or secretariat.code}"
    assert shown["subject"] == "V/v gửi báo cáo năm 2020"
    assert shown["date"] == "Hà Nội, ngày 05 tháng 02 năm 2021"
    assert (shown["to"], shown["recipients"]) == ("Kính gửi:", ["Quỹ A", "Quỹ B"])
    assert shown["paragraphs"] == ["Đoạn một.", "Trân trọng./."]
    assert (shown["signer_title"], shown["copies_head"]) == ("GIÁM ĐỐC", "Nơi nhận:")


def test_the_english_letter_has_neither_country_nor_motto(secretariat):
    letter = ReportLetterFactory.build(language="en", number="12", subject="report")

    shown = letters.laid_out(letter, secretariat)

    assert (shown["number"], shown["subject"]) == ("No.: 12", "Subject: report")
    assert (shown["date"], shown["closing"]) == ("Hà Nội, 5 January 2021", "Yours faithfully,")
    text = "\n".join(
        cell.text
        for row in Document(io.BytesIO(letters.as_docx(letter, secretariat))).tables[0].rows
        for cell in row.cells
    )
    assert letters.MOTTO not in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_make_one_tagged_page_after_another_and_fetch_nothing(secretariat, caplog, language):
    letter = ReportLetterFactory.build(
        language=language, text="\n".join(HOSTILE).replace("\x00", ""), signer_name=HOSTILE[0]
    )

    content = letters.as_pdf(letter, secretariat)

    with pikepdf.open(io.BytesIO(content)) as file:
        assert ua.problems(file) == []
        assert str(file.Root.Lang) == language
    assert not [record for record in caplog.records if "not bundled" in record.getMessage()]


def test_libreoffice_opens_the_letter_and_reads_it_in_order(secretariat, tmp_path):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed: make test installs it")
    (tmp_path / "l.docx").write_bytes(letters.as_docx(ReportLetterFactory.build(), secretariat))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"

    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        tmp_path,
        tmp_path / "l.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    text = (tmp_path / "l.txt").read_text(encoding="utf-8")
    places = [
        text.find(words)
        for words in (letters.COUNTRY, letters.MOTTO, "Kính gửi: Tổ chức", "Xin gửi báo cáo./.", "GIÁM ĐỐC")
    ]
    assert -1 not in places
    assert places == sorted(places)
