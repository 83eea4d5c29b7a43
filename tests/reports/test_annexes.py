"""Long tables: laid out in pieces side by side, one document for the reader."""

import io
import shutil
import subprocess

import pikepdf
import pytest

from coalition import pdf_pieces
from projects.reports import blocks as b
from projects.reports import paper
from tests.reports.test_document import build

ROWS = paper.LONG + 1


@pytest.fixture(scope="module")
def long_pdf(django_db_setup, django_db_blocker):
    """A report with one table that is too long for its text, made once for all tests."""
    document = {
        "format": 1, "title": "Báo cáo dài", "language": "vi", "template": "PROJECT", "generation": 34, "lead": "", "project": "",
        "period": ["2020-01-01", "2020-12-31"], "period_words": "2020", "made_on": "2021-01-15",
        "sections": [{
            "number": "1", "code": "s1", "title": "Hoạt động", "language": "vi", "written": "", "blocks": [
                b.table("Danh sách", [("Số", "number", 20), ("Tên", "text", 80)], [[n, f"Hoạt động {n}"] for n in range(1, ROWS + 1)]),
            ],
        }],
    }  # fmt: skip
    steps = []
    with django_db_blocker.unblock():
        content = paper.make(document, on_step=lambda done, total: steps.append((done, total)))
    return content, steps


def test_every_piece_is_told_as_it_is_done(long_pdf):
    assert long_pdf[1] == [(1, 3), (2, 3), (3, 3)]


def test_all_elements_lie_on_pages_of_the_document_and_no_cell_id_twice(long_pdf):
    with pikepdf.open(io.BytesIO(long_pdf[0])) as file:
        pages = {page.obj.objgen for page in file.pages}
        elements = list(pdf_pieces._elements(file.Root.StructTreeRoot.K[0]))
        ids = [str(element.ID) for element in elements if "/ID" in element]
        places = [int(page.obj.StructParents) for page in file.pages]

        assert all(element.Pg.objgen in pages for element in elements if "/Pg" in element)
        assert len(ids) == len(set(ids)) > 0
        assert len(places) == len(set(places))
        assert sum(str(element.S) == "/TR" for element in elements) >= ROWS


def test_the_annex_has_its_bookmark(long_pdf):
    with pikepdf.open(io.BytesIO(long_pdf[0])) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]

    assert "Phụ lục 1. Danh sách" in titles


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_pages_are_numbered_through_and_every_row_is_there(long_pdf, tmp_path):
    (tmp_path / "long.pdf").write_bytes(long_pdf[0])
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "long.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.rstrip("\f").split("\f")

    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages[1:], start=2))
    assert all(f"Hoạt động {n}\n" in text for n in (1, 400, 401, 800, 801, ROWS))


def test_a_short_report_has_no_annex(logged):
    _document, annexes = paper._with_annexes(build(logged))

    assert annexes == []
