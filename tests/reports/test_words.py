"""What donors edit: the report as .docx and .xlsx, its pictures, and LibreOffice that opens them."""

import io
import shutil
import subprocess

import pytest
from PIL import Image

from projects.reports import drawings, sheets, tables, words
from tests.reports.test_document import build
from tests.reports.test_paper import build_in


def test_word_has_two_languages_side_by_side_and_pictures_of_no_table_twice(logged):
    from docx import Document

    paper_ = Document(io.BytesIO(words.make(build_in(logged, "both"))))

    rows = [[cell.text for cell in row.cells] for table in paper_.tables for row in table.rows]
    assert ["Nâng cao năng lực.", "Build capacity."] in rows
    assert any(row[1] == row[6] == "Tập huấn vận động chính sách" for row in rows if len(row) == 10)
    assert paper_.sections[0].page_width > paper_.sections[0].page_height
    captions = [line.text for line in paper_.paragraphs if line.style.name == "Caption"]
    assert captions[0].startswith("Bảng 1. ")
    assert len(captions) == len(set(captions))


def test_word_shows_every_drawing_as_a_picture_with_words_that_stand_for_it(logged):
    from docx import Document
    from docx.oxml.ns import qn

    document = build_in(logged, "both")
    drawn = [
        block["title"]
        for section in document["sections"]
        for block in section["blocks"]
        if block["type"] in drawings.DRAWN
    ]

    paper_ = Document(io.BytesIO(words.make(document)))

    named = [each.get("descr") for each in paper_.element.body.iter(qn("wp:docPr"))]
    captions = [
        each.text
        for each in paper_.element.body.iter(qn("w:t"))
        if each.text and each.text.startswith("Figure ")
    ]
    assert len(named) == len(drawn) == 6
    assert [alt.split(". ")[0] for alt in named] == drawn
    assert captions == [f"Figure {n}. {title}" for n, title in enumerate(drawn[1::2], start=1)]


def test_a_picture_for_word_has_the_shapes_and_colours_of_its_drawing():
    from coalition import charts, rasters
    from projects.reports import blocks as b

    content, alt = drawings.picture(
        b.stacked("Lượt", ["18+"], [("Nữ", [3]), ("Nam", [1])], unit="người"), "vi"
    )

    picture = Image.open(io.BytesIO(content)).convert("RGB")
    across = [picture.getpixel((x, picture.height - 46)) for x in range(picture.width)]
    seen = ["#{:02x}{:02x}{:02x}".format(*colour) for colour in across]
    assert alt == "Lượt. người. 18+: 4"
    assert picture.width == rasters.WIDE
    assert 2.8 < seen.count(charts.FILLS[0]) / seen.count(charts.FILLS[1]) < 3.2


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


def test_beside_another_language_a_head_keeps_the_room_of_its_longest_word():
    columns = [
        {"label": "Date", "kind": "date", "share": 12},
        {"label": "Training", "kind": "text", "share": 68},
        {"label": "Organisations", "kind": "number", "share": 10},
        {"label": "People", "kind": "number", "share": 10},
    ]

    assert tables.widths(columns, 1) == [12, 68, 10, 10]
    assert tables.widths(columns, 2) == [8, 28, 9, 5]
