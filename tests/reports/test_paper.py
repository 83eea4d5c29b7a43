"""The report on paper: tags, language, glyphs, hostile words, the same bytes twice."""

import datetime as dt
import io
import os
import shutil
import subprocess
import sys

import pikepdf
import pytest
from django.conf import settings
from PIL import Image, ImageChops, ImageStat

from coalition import pdf
from projects.models import Activity
from projects.reports import cleaning, paper, registry, sheets, words
from projects.reports import document as documents
from tests.reports import ua
from tests.reports.test_document import MADE_ON, YEAR, build, figures

needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed")
SENTENCE = "Nguyễn Thị Đường – Trường hợp Đắk Lắk, Thừa Thiên Huế: quyền trẻ em, ăn ở, ướt mượt, ỹ ỷ ỵ Ẩ Ữ Ợ"


def opened(content):
    return pikepdf.open(io.BytesIO(content))


@pytest.fixture
def report_pdf(logged):
    return paper.make(build(logged))


def test_the_pdf_is_tagged_and_says_its_language_and_title(report_pdf):
    with opened(report_pdf) as file:
        assert str(file.Root.Lang) == "vi"
        assert str(file.docinfo.get("/Title")) == "Báo cáo 2020"
        kinds = {str(node.S) for node in pdf.elements(file.Root.StructTreeRoot)}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/Link", "/Note", "/Caption"} <= kinds


@pytest.mark.parametrize("language", ["vi", "both"])
def test_what_a_machine_can_check_of_pdf_ua_is_right(logged, language):
    with opened(paper.make(build_in(logged, language))) as file:
        assert ua.problems(file) == []


def _without_words(file, nodes):
    del next(node for node in nodes if node.S == "/Figure").Alt


def _skipped_level(file, nodes):
    next(node for node in nodes if node.S == "/H2").S = pikepdf.Name.H4


def _unnamed_note(file, nodes):
    del next(node for node in nodes if node.S == "/Note").ID


def _lost_head(file, nodes):
    next(node for node in nodes if node.S == "/TD").A.Headers = pikepdf.Array([])


def _unmarked_text(file, nodes):
    file.pages[2].contents_add(b"BT (x) Tj ET")


@pytest.mark.parametrize(
    "spoil",
    [_without_words, _skipped_level, _unnamed_note, _lost_head, _unmarked_text],
    ids=lambda f: f.__name__,
)
def test_the_check_sees_what_is_spoilt(report_pdf, spoil):
    with opened(report_pdf) as file:
        spoil(file, list(pdf.elements(file.Root.StructTreeRoot)))

        assert len(ua.problems(file)) == 1


def test_the_data_travel_inside_the_pdf_as_an_associated_spreadsheet(report_pdf):
    from openpyxl import load_workbook

    with opened(report_pdf) as file:
        assert list(file.attachments) == ["bao-cao-2020.xlsx"]
        assert [str(each.AFRelationship) for each in file.Root.AF] == ["/Data"]
        content = file.attachments["bao-cao-2020.xlsx"].get_file().read_bytes()
    assert load_workbook(io.BytesIO(content)).worksheets[0]["A1"].value == "Báo cáo 2020"


def test_a_footnote_names_the_records_behind_a_figure_and_leads_to_them(logged):
    activity = logged.activities.get(title__startswith="Tập huấn")

    content = paper.make(build(logged))

    with opened(content) as file:
        places = {
            str(note.A.URI) for page in file.pages for note in page.obj.get("/Annots", []) if "/A" in note
        }
        notes = sum(node.S == "/Note" for node in pdf.elements(file.Root.StructTreeRoot))
    assert any(place.endswith(activity.get_absolute_url()) for place in places)
    assert any("/activities/?project=" in place for place in places)
    assert notes >= 6


def build_in(project, language):
    """Return the report in one language, or in both."""
    return documents.build_in(
        language,
        lambda spoken: registry.Scope(project, *YEAR, spoken),
        "PROJECT",
        title="Báo cáo 2020",
        made_on=MADE_ON,
    )


@needs_poppler
def test_two_languages_stand_side_by_side_vietnamese_on_the_left(logged, tmp_path):
    (tmp_path / "b.pdf").write_bytes(paper.make(build_in(logged, "both")))
    command = ["pdftotext", "-layout", tmp_path / "b.pdf", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "1. Giới thiệu dự án 1. About the project" in lines
    assert "Nâng cao năng lực. Build capacity." in lines
    assert any(
        line.startswith("05/03/2020 Tập huấn") and "05/03/2020" in line[20:] and line.endswith("23")
        for line in lines
    )


def test_the_same_report_gives_the_same_bytes_on_another_day_in_another_process(logged, tmp_path):
    """Finished once; printed here, and by a process that knows nothing but the snapshot and has another date."""
    document = build(logged)
    (tmp_path / "snapshot.json").write_bytes(documents.canonical(document))
    script = (
        "import sys, json, time, datetime; real = datetime.datetime\n"
        "class Later(real):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None): return real(2031, 5, 4, 3, 2, 1, tzinfo=tz)\n"
        "datetime.datetime = Later; time.time = lambda: 1935630000.0\n"
        "import django; django.setup()\n"
        "from projects.reports import paper, pictures\n"
        "pictures.contents = lambda document: {}\n"  # no photo stands in this report: no database is needed
        "sys.stdout.buffer.write(paper.make(json.load(open(sys.argv[1], encoding='utf-8'))))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "snapshot.json"],
        capture_output=True,
        check=True,
        env={
            **os.environ,
            "PYTHONHASHSEED": "7",
            "DJANGO_SETTINGS_MODULE": "coalition.settings",
            "TZ": "Asia/Tokyo",
        },
        cwd=settings.BASE_DIR,
    )

    assert elsewhere.stdout == paper.make(document)


@needs_poppler
def test_only_our_full_fonts_are_in_the_pdf(report_pdf, tmp_path):
    (tmp_path / "r.pdf").write_bytes(report_pdf)

    listed = subprocess.run(
        ["pdffonts", tmp_path / "r.pdf"], capture_output=True, text=True, check=True
    ).stdout

    fonts = [line.split()[0] for line in listed.splitlines()[2:]]
    assert fonts
    assert all("Be-Vietnam-Pro" in name or "BeVietnamPro" in name for name in fonts)


def _picture(content, tmp_path, name):
    (tmp_path / f"{name}.pdf").write_bytes(content)
    subprocess.run(
        ["pdftoppm", "-r", "100", "-png", "-singlefile", tmp_path / f"{name}.pdf", tmp_path / name],
        check=True,
    )
    return Image.open(tmp_path / f"{name}.png").convert("L")


@needs_poppler
def test_the_glyphs_are_those_that_pillow_draws_with_the_same_font(tmp_path):
    """By pixels: with web subsets the text layer is right while the letters are wrong."""
    from importlib.resources import files

    from PIL import ImageDraw, ImageFont

    html = f"<html lang='vi'><head><title>x</title></head><body><p>{SENTENCE[:60]}</p></body></html>"
    css = "@page { size: 200mm 20mm; margin: 0 } html { font-family: 'Be Vietnam Pro'; font-size: 12pt } p { margin: 20pt 0 0 20pt }"
    printed = _picture(pdf.render(html, css=css), tmp_path, "glyphs")

    font_file = files(pdf.FONT_PACKAGE).joinpath("files", pdf.FONTS["regular.ttf"])
    font = ImageFont.truetype(io.BytesIO(font_file.read_bytes()), size=12 * 100 / 72)
    drawn = Image.new("L", printed.size, 255)
    ImageDraw.Draw(drawn).text((0, 0), SENTENCE[:60], font=font, fill=0)

    ours, theirs = (
        printed.crop(ImageChops.invert(printed).getbbox()),
        drawn.crop(ImageChops.invert(drawn).getbbox()),
    )
    assert abs(ours.width - theirs.width) <= 4
    assert abs(ours.height - theirs.height) <= 2
    size = (min(ours.width, theirs.width), min(ours.height, theirs.height))
    assert _unlike(ours.resize(size), theirs.resize(size)) < 0.10
    wrong = ours.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert _unlike(wrong.resize(size), theirs.resize(size)) > 0.13


def _unlike(one, other):
    difference = ImageChops.difference(one, other)
    return ImageStat.Stat(difference).sum[0] / 255 / (one.width * one.height)


@needs_poppler
def test_the_text_layer_gives_back_what_was_written(logged, tmp_path):
    document = build(logged)
    document["sections"][0]["written"] = f"<p>{SENTENCE}</p>"
    (tmp_path / "t.pdf").write_bytes(paper.make(document))

    text = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "t.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout

    assert SENTENCE in " ".join(text.split())


@needs_poppler
def test_a_heading_as_long_as_a_paragraph_takes_one_line_of_the_head_of_its_page(logged, tmp_path):
    document = build(logged)
    document["sections"][0]["title"] = "Thông tin chung về dự án và các bên tham gia, " * 4
    (tmp_path / "t.pdf").write_bytes(paper.make(document))

    top = ["pdftotext", "-f", "3", "-l", "3", "-x", "0", "-y", "0", "-W", "595", "-H", "64"]
    read = subprocess.run([*top, tmp_path / "t.pdf", "-"], capture_output=True, text=True, check=True)

    lines = [line for line in read.stdout.splitlines() if line.strip()]
    assert (len(lines), read.stderr) == (
        2,
        "",
    )  # the title; the section, cut, and no sign that poppler cannot read


HOSTILE = [
    "<script>alert(1)</script>",
    '<link rel=attachment href="file:///etc/passwd">',
    '<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png">',
    "<style>@import url(http://127.0.0.1:9/x.css); * { content: url(file:///etc/passwd) }</style>",
    '<object data="file:///etc/passwd"></object><iframe src="file:///etc/hosts"></iframe>',
    '<svg><image href="http://127.0.0.1:9/x.svg"/><script href="file:///etc/passwd"/></svg>',
    '<a href="javascript:alert(1)">x</a>](file:///etc/passwd) [x](file:///etc/passwd)',
    "\u202egnitirw tfel-ot-thgir\u202c \u2067x\u2069 \u200f",
    "x" * 10_000,
    '=HYPERLINK("http://127.0.0.1:9")',
    "{{ settings.SECRET_KEY }}{% load x %}",
    "\ufffe\u0000\u000b\ud7ff",
]


def spoil(record, number):
    """Put hostile words into every text field that has room for them."""
    for place, field in enumerate(record._meta.concrete_fields):
        if field.get_internal_type() in ("CharField", "TextField") and not (
            field.choices or field.unique or not field.editable or field.name in ("external_key", "currency")
        ):
            words_ = HOSTILE[(number + place) % len(HOSTILE)].replace("\u0000", "")
            setattr(record, field.name, words_[: field.max_length or len(words_)])
    record.save()


@pytest.fixture
def spoilt(logged, member, donor_organisation):
    """The project with every text field of everything that a report shows spoilt, several times over."""
    from projects.models import PolicyInput, Publication
    from tests.factories.projects import (
        PolicyInputFactory,
        ProjectIndicatorFactory,
        PublicationFactory,
        ResultFactory,
    )

    for number in range(len(HOSTILE)):
        day = dt.date(2020, 2, 1 + number)
        activity = Activity(starts_on=day, lead=member, state="held", is_shared=True)
        spoil(activity, number)
        activity.projects.add(logged)
    result = ResultFactory(project=logged)
    PublicationFactory(project=logged, published_on=dt.date(2020, 3, 1))
    PolicyInputFactory(project=logged, submitted_on=dt.date(2020, 3, 1), stage="submitted")
    for number, record in enumerate([
        result, ProjectIndicatorFactory(result=result), Publication.objects.get(), PolicyInput.objects.get(), member,
        donor_organisation, logged, logged.funding.get(),
    ]):  # fmt: skip
        spoil(record, number)
    logged.refresh_from_db()
    return logged


def test_hostile_words_in_every_text_field_neither_fetch_nor_break_anything(spoilt, caplog):
    document = build_in(spoilt, "vi")
    document["sections"][0]["written"] = cleaning.to_html("\n\n".join(HOSTILE))

    content = paper.make(document)

    assert not [record for record in caplog.records if "not bundled" in record.getMessage()]
    with opened(content) as file:
        assert ua.problems(file) == []
        assert len(file.attachments) == 1
        assert not any(
            str(note.A.URI).startswith(("file:", "javascript:"))
            for page in file.pages
            for note in page.obj.get("/Annots", [])
            if "/A" in note
        )
        streams = b"".join(each.read_bytes() for each in file.objects if isinstance(each, pikepdf.Stream))
        assert b"root:x:0:0" not in streams
    assert sheets.make(document)[:2] == words.make(document)[:2] == b"PK"


def test_nothing_but_bundled_assets_can_be_fetched():
    html = '<html lang="vi"><head><title>x</title><link rel="attachment" href="file:///etc/passwd"></head><body><img src="file:///etc/passwd" alt="x"></body></html>'

    with opened(pdf.render(html)) as file:
        assert not list(file.attachments)
        assert b"root:" not in b"".join(
            obj.read_bytes() for obj in file.objects if isinstance(obj, pikepdf.Stream)
        )


def test_the_spreadsheet_holds_the_figures_as_numbers_and_formulas_as_text(logged):
    from openpyxl import load_workbook

    logged.activities.filter(title__startswith="Tập huấn").update(title="=1+1")
    document = build(logged)

    book = load_workbook(io.BytesIO(sheets.make(document)))

    numbers = {
        row[0].value: row[1].value
        for row in book.worksheets[0].iter_rows()
        if isinstance(row[1].value, int | float)
    }
    assert numbers == figures(document)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_snapshot_shows_the_same_after_a_round_through_json(logged):
    import json

    document = build(logged)

    assert documents.fingerprint(json.loads(documents.canonical(document))) == documents.fingerprint(document)
