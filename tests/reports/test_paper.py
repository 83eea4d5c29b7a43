"""The report on paper: tags, language, glyphs, hostile words, the same bytes twice."""

import datetime as dt
import io
import shutil
import subprocess

import pikepdf
import pytest
from PIL import Image, ImageChops

from coalition import pdf
from projects.models import Activity
from projects.reports import document as documents
from projects.reports import paper, sheets, words
from tests.reports.test_document import build, figures

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
        assert bool(file.Root.MarkInfo.Marked)
        assert str(file.docinfo.get("/Title")) == "Báo cáo 2020"
        assert b"pdfuaid" in file.Root.Metadata.read_bytes()
        kinds = {str(node.get("/S")) for node in _nodes(file.Root.StructTreeRoot)}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= kinds


def _nodes(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _nodes(child)


def test_every_drawing_has_words_for_those_who_cannot_see_it(report_pdf):
    with opened(report_pdf) as file:
        drawings = [node for node in _nodes(file.Root.StructTreeRoot) if str(node.get("/S")) == "/Figure"]

        assert drawings
        assert all(str(node.get("/Alt", "")) for node in drawings)


def test_the_data_travel_inside_the_pdf_as_a_spreadsheet(report_pdf):
    with opened(report_pdf) as file:
        assert list(file.attachments) == ["bao-cao-2020.xlsx"]


def test_the_same_report_gives_the_same_bytes(logged):
    document = build(logged)

    assert paper.make(document) == paper.make(document)
    assert words.make(document)[:2] == b"PK"


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
    return sum(difference.getdata()) / 255 / (one.width * one.height)


@needs_poppler
def test_the_text_layer_gives_back_what_was_written(logged, tmp_path):
    document = build(logged)
    document["sections"][0]["written"] = f"<p>{SENTENCE}</p>"
    (tmp_path / "t.pdf").write_bytes(paper.make(document))

    text = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "t.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout

    assert SENTENCE in " ".join(text.split())


HOSTILE = [
    "<script>alert(1)</script>",
    '<link rel=attachment href="file:///etc/passwd">',
    '<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png">',
    "<style>@import url(http://127.0.0.1:9/x.css)</style>",
    '<object data="file:///etc/passwd"></object><iframe src="file:///etc/hosts"></iframe>',
    "\u202egnitirw tfel-ot-thgir\u202c",
    "x" * 10_000,
    '=HYPERLINK("http://127.0.0.1:9")',
]


def test_hostile_words_neither_fetch_nor_break_anything(logged):
    for number, words_ in enumerate(HOSTILE):
        Activity.objects.create(
            title=words_[:300],
            starts_on=dt.date(2020, 2, 1 + number),
            lead=logged.lead,
            state="held",
            difficulties=words_,
            is_shared=True,
        ).projects.add(logged)
    document = build(logged)
    document["sections"][0]["written"] = " ".join(HOSTILE)

    content = paper.make(document)

    assert b"root:" not in content
    with opened(content) as file:
        assert list(file.attachments) == ["bao-cao-2020.xlsx"]
    assert sheets.make(document)[:2] == words.make(document)[:2] == b"PK"


def test_nothing_but_bundled_assets_can_be_fetched():
    html = '<html lang="vi"><head><title>x</title><link rel="attachment" href="file:///etc/passwd"></head><body><img src="file:///etc/passwd" alt="x"></body></html>'

    with opened(pdf.render(html)) as file:
        assert not list(file.attachments)
        assert b"root:" not in b"".join(
            obj.read_bytes() for obj in file.objects if isinstance(obj, pikepdf.Stream)
        )


@pytest.mark.parametrize("maker, ending", [(words.make, "docx"), (sheets.make, "xlsx")])
def test_libreoffice_opens_what_donors_get(logged, tmp_path, maker, ending):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("LibreOffice is not installed: make test installs it")
    (tmp_path / f"r.{ending}").write_bytes(maker(build(logged)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"

    subprocess.run(
        [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / f"r.{ending}",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    assert (tmp_path / "r.pdf").read_bytes()[:5] == b"%PDF-"


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
