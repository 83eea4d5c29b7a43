"""Importing minutes: one meeting however often, its duties on the ledger, and files that are refused."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from coalition.obligations.models import Obligation
from meetings.models import ActionPoint, AgendaItem, FollowUpAction, Meeting
from tests.factories.meetings import as_docx, as_text

pytestmark = pytest.mark.django_db


def imported(path, *options):
    out = io.StringIO()
    call_command(
        "import_minutes",
        str(path),
        "--held-on",
        "2015-04-07",
        "--json",
        *options,
        stdout=out,
        stderr=io.StringIO(),
    )
    return json.loads(out.getvalue())


def counted():
    return [model.objects.count() for model in (Meeting, AgendaItem, ActionPoint, FollowUpAction, Obligation)]


def test_an_import_makes_the_meeting_its_duties_and_the_next_meeting(organisations, group, text_file):
    imported(text_file)

    meeting = Meeting.objects.get(activity__starts_on=date(2015, 4, 7))
    assert (meeting.state, meeting.group, meeting.activity.title) == (
        "held",
        group,
        "Nhóm công tác: họp ngày 07/04/2015",
    )
    owed = {
        (duty.organisation.code, duty.title[:12], duty.due_on, duty.not_before)
        for duty in Obligation.objects.filter(follow_up__point__meeting=meeting).select_related(
            "organisation"
        )
    }
    assert ("BM", "Lan sẽ gửi d", date(2015, 4, 20), None) in owed
    assert ("MX", "Lan sẽ gửi d", None, date(2015, 5, 1)) in owed
    assert {code for code, title, *_dates in owed if title == "Mỗi tổ chức "} == {"MX", "BM", "RX"}
    following = Meeting.objects.get(previous=meeting)
    assert (following.activity.starts_on, following.activity.starts_at.hour) == (date(2015, 5, 21), 14)


def test_the_same_minutes_twice_change_nothing(organisations, group, text_file, word_file):
    first = imported(text_file)
    before = counted()

    assert imported(text_file) == first
    assert imported(word_file) == first
    assert counted() == before


def test_a_dry_run_saves_nothing(organisations, group, text_file):
    assert imported(text_file, "--dry-run")["actions"]
    assert counted() == [0, 0, 0, 0, 0]


def test_an_action_without_an_organisation_waits_to_be_matched(organisations, group, text_file):
    imported(text_file)

    assert [point.text[:12] for point in ActionPoint.objects.unassigned()] == ["Chờ đến sau "]


def test_the_day_is_read_from_the_lines_above_or_asked_for(organisations, group, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("Biên bản họp ngày 7/4/2015\n" + as_text(), encoding="utf-8")
    out = io.StringIO()
    call_command("import_minutes", str(path), "--json", stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue())["held_on"] == "2015-04-07"

    path.write_text(as_text(), encoding="utf-8")
    with pytest.raises(CommandError, match="--held-on"):
        call_command("import_minutes", str(path))


def _zip(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _changed(content, name, change):
    """Return a .docx with one entry rewritten or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            said = old.read(entry)
            new.writestr(entry.filename, change(said) if entry.filename == name else said)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


BAD_FILES = {
    "no office file": b"PK\x03\x04 this is not a zip",
    "a picture named .docx": b"\x89PNG\r\n\x1a\n" + b"0" * 100,
    "another zip": _zip(hello="world"),
    "a bomb": _changed(as_docx(), "word/document.xml", lambda said: said + b" " * 60_000_000),
    "entities": _changed(
        as_docx(),
        "word/document.xml",
        lambda said: said.replace(
            b"<w:document", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document', 1
        ),
    ),
    "macros": _changed(as_docx(), "word/vbaProject.bin", lambda _said: b"Sub AutoOpen()"),
    "broken XML": _changed(as_docx(), "word/document.xml", lambda said: said[: len(said) // 2]),
    "empty": b"",
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_refused_and_nothing_is_stored(organisations, group, tmp_path, content):
    path = tmp_path / "bad.docx"
    path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("import_minutes", str(path), "--held-on", "2015-04-07")

    assert counted() == [0, 0, 0, 0, 0]


def test_a_text_that_is_no_text_is_refused(organisations, group, tmp_path):
    path = tmp_path / "bad.txt"
    path.write_bytes(b"\xff\x00\x81\x82 nothing")

    with pytest.raises(CommandError):
        call_command("import_minutes", str(path), "--held-on", "2015-04-07")


def test_text_saved_by_notepad_is_read(organisations, group, tmp_path):
    path = tmp_path / "notepad.txt"
    path.write_bytes(as_text().encode("utf-16"))

    assert len(imported(path, "--dry-run")["actions"]) == 6


@pytest.mark.originals
def test_the_original_and_a_word_file_of_its_table_give_one_meeting(originals, secretariat, group, tmp_path):
    from coalition.members import demo

    demo.load(date(2026, 11, 22))
    words = (originals / "meeting-minutes.txt").read_text(encoding="utf-8")
    from meetings.minutes import read_text

    table = read_text(words)
    word_file = tmp_path / "original.docx"
    word_file.write_bytes(as_docx([([["Nội dung"], ["Follow up action"]]), *table.rows]))
    text_file = originals / "meeting-minutes.txt"

    options = ("--held-on", "2015-02-03")
    first = imported(text_file, *options)
    before = counted()

    assert imported(word_file, *options) == imported(text_file, *options) == first
    assert counted() == before
    assert {"NGORC", "WVIV"} <= set(first["actions"][0]["organisations"])
