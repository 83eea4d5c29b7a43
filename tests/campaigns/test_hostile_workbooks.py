"""Fifty workbooks that nobody should open, made here, each with the refusal expected."""

import io
import logging
import re
import runpy
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import FormImport
from campaigns.workbook import guarding, writing
from coalition.files.checks import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "xl/worksheets/sheet2.xml"
ROOT = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet_with(rows):
    return f"{ROOT}<sheetData>{rows}</sheetData></worksheet>".encode()


def repacked(good, replace=(), add=(), drop=(), level=6):
    """Return the good workbook with parts replaced, added or dropped."""
    replace, out = dict(replace), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in drop:
                new.writestr(entry.filename, replace.pop(entry.filename, None) or old.read(entry.filename))
        for name, content in [*replace.items(), *add]:
            new.writestr(name, content)
    return out.getvalue()


def by_openpyxl(good, change):
    book = openpyxl.load_workbook(io.BytesIO(good))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(value):
    def change(book):
        sheet = book.worksheets[1]
        for place, given in enumerate([None, "Tên", "Khác", "2015-02-02"], start=1):
            sheet.cell(2, place).value = given
        sheet["I2"].value = value

    return lambda good: by_openpyxl(good, change)


def rows(content):
    return lambda good: repacked(good, {SHEET: sheet_with(content)})


def part(name, content="x"):
    return lambda good: repacked(good, add=[(name, content)])


def number(value):
    return rows(f'<row r="1"><c r="A1"/></row><row r="2"><c r="I2"><v>{value}</v></c></row>')


def raw_number(written):
    """Put a number into the sheet that no program would write."""

    def make(good):
        book = cell(777123)(good)
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            sheet = archive.read(SHEET)
        return repacked(book, {SHEET: sheet.replace(b"777123", written.encode())})

    return make


def bomb(_good):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("[Content_Types].xml", "<Types/>")
        new.writestr("xl/workbook.xml", "<workbook/>")
        new.writestr(SHEET, b"0" * 60_000_000)
    return out.getvalue()


def lying_directory(good):
    """A zip whose directory says that a huge part is small."""
    made = bytearray(repacked(good, {SHEET: b"<row/>" * 6_000_000}))
    place = made.rfind(b"PK\x01\x02")
    while place >= 0:
        made[place + 24 : place + 28] = (100).to_bytes(4, "little")
        place = made.rfind(b"PK\x01\x02", 0, place)
    return bytes(made)


def locked(good):
    made = bytearray(good)
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(mark)
        while place >= 0:
            made[place + flag] |= 1
            place = made.find(mark, place + 4)
    return bytes(made)


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n else "") + ";"}{"&a" + (str(n - 1) if n else "") + ";"}">'.encode()
        for n in range(12)
    )
    + b"]>"
    + sheet_with('<row r="1"><c r="A1" t="str"><v>&a11;</v></c></row>').split(b"?>", 1)[1]
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + sheet_with('<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>').split(b"?>", 1)[1]
)
LINK = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="http://example.org/x" TargetMode="External"/></Relationships>'

REFUSED, WRONG = "refused", "wrong"  # not read at all, or read with the cell named
HOSTILE = {
    "nothing": (lambda good: b"", REFUSED),
    "text": (lambda good: b"xin chao", REFUSED),
    "a web page": (lambda good: b"<html><table><tr><td>1</td></tr></table></html>", REFUSED),
    "a CSV": (lambda good: b"title,date\n=1+1,2015-01-01\n", REFUSED),
    "a PDF": (lambda good: b"%PDF-1.7\n%%EOF", REFUSED),
    "an old .xls": (lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, REFUSED),
    "a cut-off zip": (lambda good: good[: len(good) // 2], REFUSED),
    "a zip head alone": (lambda good: b"PK\x03\x04" + b"\0" * 100, REFUSED),
    "an empty zip": (lambda good: b"PK\x05\x06" + b"\0" * 18, REFUSED),
    "random bytes in the zip": (lambda good: good[:200] + bytes(range(256)) * 4 + good[1224:], REFUSED),
    "a zip of other things": (lambda good: repacked(good, drop=["xl/workbook.xml"]), REFUSED),
    "a Word file": (
        lambda good: repacked(good, drop=["xl/workbook.xml"], add=[("word/document.xml", "<w/>")]),
        REFUSED,
    ),
    "no content types": (lambda good: repacked(good, drop=["[Content_Types].xml"]), REFUSED),
    "a zip bomb": (bomb, REFUSED),
    "a bomb with a lying directory": (lying_directory, REFUSED),
    "a bomb in the strings": (
        lambda good: repacked(good, {"xl/sharedStrings.xml": b"<si><t>a</t></si>" * 3_000_000}),
        REFUSED,
    ),
    "a bomb in the styles": (lambda good: repacked(good, {"xl/styles.xml": b"<xf/>" * 8_000_000}), REFUSED),
    "too large": (lambda good: good + b"\0" * (6 * 1024 * 1024), REFUSED),
    "hundreds of parts": (
        lambda good: repacked(good, add=[(f"xl/media/{n}.png", "x") for n in range(300)]),
        REFUSED,
    ),
    "a password": (locked, REFUSED),
    "macros": (part("xl/vbaProject.bin"), REFUSED),
    "an ActiveX control": (part("xl/activeX/activeX1.xml", "<x/>"), REFUSED),
    "a zip inside": (part("xl/embeddings/x.zip"), REFUSED),
    "a workbook inside": (part("xl/embeddings/Book1.xlsx"), REFUSED),
    "a program inside": (part("xl/embeddings/run.exe"), REFUSED),
    "a path upwards": (part("../../etc/cron.d/x"), REFUSED),
    "an absolute path": (part("/etc/cron.d/x"), REFUSED),
    "a Windows path": (part("C:/x.xml"), REFUSED),
    "an external workbook": (part("xl/externalLinks/externalLink1.xml", "<externalLink/>"), REFUSED),
    "a link to a template outside": (part("xl/_rels/x.rels", LINK.format(kind="attachedTemplate")), REFUSED),
    "a link to an OLE object outside": (
        part("xl/worksheets/_rels/sheet2.xml.rels", LINK.format(kind="oleObject")),
        REFUSED,
    ),
    "a million laughs": (lambda good: repacked(good, {SHEET: ENTITIES}), REFUSED),
    "an outside entity": (lambda good: repacked(good, {SHEET: OUTSIDE}), REFUSED),
    "a cell at the end of the sheet": (
        rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        REFUSED,
    ),
    "a cell far down": (rows('<row r="900000"><c r="A900000"><v>1</v></c></row>'), REFUSED),
    "a cell far to the right": (rows('<row r="1"><c r="XFD1"><v>1</v></c></row>'), REFUSED),
    "a cell beyond every sheet": (
        rows('<row r="99999999999"><c r="ZZZZ99999999999"><v>1</v></c></row>'),
        REFUSED,
    ),
    "a million empty rows": (rows("<row/>" * 1_000_000), REFUSED),
    "numbered empty rows": (rows("".join(f'<row r="{n}"/>' for n in range(1, 20_000))), REFUSED),
    "a hundred thousand columns": (rows('<row r="1">' + "<c><v>1</v></c>" * 100_000 + "</row>"), REFUSED),
    "rows with a prefix": (
        lambda good: repacked(
            good,
            {
                SHEET: b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
                + b"<x:row/>" * 50_000
                + b"</x:sheetData></x:worksheet>"
            },
        ),
        REFUSED,
    ),
    "broken markup": (rows('<row r="1"><c r="A1">'), REFUSED),
    "an unending number": (number("9" * 20_000), REFUSED),
    "no hidden mark": (lambda good: by_openpyxl(good, lambda book: book.remove(book["_meta"])), REFUSED),
    "a forged mark": (
        lambda good: by_openpyxl(good, lambda book: setattr(book["_meta"]["A1"], "value", "a:b:c")),
        REFUSED,
    ),
    "1e1000000": (raw_number("1e1000000"), WRONG),
    "a formula": (cell("=SUM(A1:A9)"), WRONG),
    "a formula that calls out": (cell('=HYPERLINK("http://example.org","x")'), WRONG),
    "an error": (cell("#REF!"), WRONG),
    "true for a number": (cell(True), WRONG),
}


@pytest.fixture
def good(form):
    return writing.make(form)


def test_the_workbook_they_are_made_from_is_good(good):
    assert "_meta" in guarding.read(guarding.checked_content(SimpleUploadedFile("phieu.xlsx", good, XLSX)))


def test_there_are_fifty():
    assert len(HOSTILE) == 50


MOST = 300 * 1024  # kilobytes
SECONDS = 5


@pytest.fixture
def children(caplog):
    """What each child process said it took, as it was logged."""
    caplog.set_level(logging.INFO, logger=guarding.logger.name)
    return lambda: [record.args for record in caplog.records if record.name == guarding.logger.name]


def held(what):
    """Return how many kilobytes this process holds now (VmRSS) or held at most since `forget_the_most` (VmHWM)."""
    return int(re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[1])


def forget_the_most():
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_politely_by_small_processes(
    client, good, form, focal, settings, tmp_path, children, name
):
    settings.MEDIA_ROOT = tmp_path
    make, expected = HOSTILE[name]
    upload = SimpleUploadedFile("phieu.xlsx", make(good), XLSX)
    client.force_login(focal)
    forget_the_most()
    before = held("VmRSS")

    answered = client.post(reverse("campaigns:form_upload", args=[form.public_id]), {"workbook": upload})

    assert held("VmHWM") - before < MOST
    assert all(each["kilobytes"] < MOST and each["seconds"] < SECONDS for each in children())
    if expected == REFUSED:
        assert answered.status_code in (413, 415, 422)
        assert 'class="field-error' in answered.content.decode()
        assert not FormImport.objects.exists()
    else:
        assert answered.status_code == 302
        taken = FormImport.objects.get()
        assert (taken.state, [each["cell"] for each in taken.mistakes]) == ("wrong", ["I2"])
        assert len(children()) == 1
    assert not form.lines.exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_the_child_stays_small_even_with_what_the_checks_keep_from_it(good, children, name):
    make, _expected = HOSTILE[name]

    with suppress(Refused):
        guarding.read(make(good))

    (took,) = children()
    assert took["kilobytes"] < MOST
    assert took["seconds"] < SECONDS


def test_the_largest_workbook_that_is_taken_is_read_and_marked_within_the_limits(good, tmp_path, children):
    content = by_openpyxl(good, filled_to_the_last_row)
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(content)
    mistakes = [{"sheet": "Quý này", "cell": f"D{row}", "words": "sai"} for row in range(2, 5002)]

    guarding.read(content)
    guarding.mark(str(path), mistakes)

    assert [each["failure"] for each in children()] == ["", ""]
    assert all(each["kilobytes"] < MOST for each in children())


def filled_to_the_last_row(book):
    for row in range(2, 5002):
        for place in range(2, 18):
            book.worksheets[1].cell(row, place).value = (
                f"Hoạt động số {row}" if place in (2, 7, 15) else row % 40
            )


def test_a_number_without_end_is_named_and_not_computed(form):
    from campaigns.resources import CountWidget

    with pytest.raises(ValueError, match=r"."):
        CountWidget().clean({"error": "number"})


# A program that takes what it can get, under the limits of the child.
GREEDY = """
import runpy, sys
child = runpy.run_path(sys.argv[1])
child["bounded"](1, 0)
{greed}
"""


@pytest.mark.parametrize(
    ("greed", "end"),
    [
        ("bytes(300 * 1024 * 1024)", "MemoryError"),
        ("while True: pass", "TimeoutError"),
        ("open(sys.argv[2], 'wb').write(b'x' * 9000)", "File too large"),
    ],
    ids=["memory", "time", "files"],
)
def test_the_system_ends_what_takes_more_than_its_share(tmp_path, greed, end):
    done = subprocess.run(
        [sys.executable, "-c", GREEDY.format(greed=greed), str(guarding.CHILD), str(tmp_path / "x")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode
    assert end in done.stderr


def test_the_limits_of_the_child_are_those_promised():
    limits = runpy.run_path(str(guarding.CHILD))

    assert limits["SECONDS"]["read"] < SECONDS
    assert limits["DATA"] < MOST * 1024


def test_a_child_that_gives_up_is_a_refusal_and_says_why(children):
    with pytest.raises(Refused):
        guarding.read(b"PK")

    assert [each["failure"] for each in children()] == ["BadZipFile"]
