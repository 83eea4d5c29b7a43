"""Long tables: laid out in pieces side by side, one document for the reader."""

import io
import shutil
import subprocess

import pikepdf
import pytest

from coalition import pdf, pdf_pieces
from coalition.jobs import work
from projects.reports import annexes, paper
from projects.reports import blocks as b
from tests.reports.test_document import build

ROWS = annexes.LONG + 1


def listed(language, title, rows, words):
    """A section with one table of so many rows."""
    columns = [(words, "number", 20), (title, "text", 80)]
    lines = [[n, f"{title} {n}"] for n in range(1, rows + 1)]
    code = "s1" if language == "vi" else "s1-en"
    return {
        "number": "1", "code": code, "title": title, "language": language, "written": "",
        "blocks": [b.table(title, columns, lines, note=f"{title}: hết")],
    }  # fmt: skip


def long_document(rows, languages=("vi",)):
    sections = [listed("vi", "Hoạt động", rows, "Số"), listed("en", "Activity", rows, "Number")]
    covers = [{"language": each, "kind": "Báo cáo", "title": "Báo cáo dài", "rows": []} for each in languages]
    return {
        "format": 2, "title": "Báo cáo dài", "language": "vi", "languages": list(languages), "template": "PROJECT",
        "generation": 34, "lead": "", "covers": covers, "base": "http://localhost", "period": ["2020-01-01", "2020-12-31"],
        "period_words": "2020", "made_on": "2021-01-15", "sections": sections[: len(languages)],
    }  # fmt: skip


@pytest.fixture(scope="module")
def long_pdf(django_db_setup, django_db_blocker):
    """A report with one table that is too long for its text, made once for all tests."""
    steps = []
    with django_db_blocker.unblock():
        content = paper.make(
            long_document(ROWS), on_step=lambda done, total: steps.append((done, total)), workers=2
        )
    return content, steps


def test_progress_rises_to_its_end_and_its_end_stays(long_pdf):
    steps = long_pdf[1]

    assert steps == sorted(steps)
    assert len({total for _done, total in steps}) == 1
    assert steps[-1][0] == steps[-1][1]


def test_all_elements_lie_on_pages_of_the_document_and_no_cell_id_twice(long_pdf):
    with pikepdf.open(io.BytesIO(long_pdf[0])) as file:
        pages = {page.obj.objgen for page in file.pages}
        elements = list(pdf.elements(file.Root.StructTreeRoot.K[0]))
        ids = [str(element.ID) for element in elements if "/ID" in element]
        places = [int(page.obj.StructParents) for page in file.pages]

        assert all(element.Pg.objgen in pages for element in elements if "/Pg" in element)
        assert len(ids) == len(set(ids)) > 0
        assert len(places) == len(set(places))
        assert sum(str(element.S) == "/TR" for element in elements) >= ROWS


def test_the_annex_has_its_bookmark(long_pdf):
    with pikepdf.open(io.BytesIO(long_pdf[0])) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]

    assert "Phụ lục 1. Hoạt động" in titles


@pytest.fixture
def pages(long_pdf, tmp_path):
    """The words of each page, as they stand on paper."""
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed")
    (tmp_path / "long.pdf").write_bytes(long_pdf[0])
    command = ["pdftotext", "-layout", tmp_path / "long.pdf", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return text.rstrip("\f").split("\f")


def test_pages_are_numbered_through_and_every_row_is_there(pages):
    text = "\f".join(pages)

    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages[1:], start=2))
    assert all(f"Hoạt động {n}\n" in text for n in (1, 250, 251, 1000, ROWS))
    assert text.count("Hoạt động: hết") == 1


def test_the_contents_name_the_page_on_which_the_annex_begins(pages, long_pdf):
    said = int(next(line for line in pages[1].splitlines() if "Phụ lục 1" in line).split()[-1])

    assert "Phụ lục 1" in pages[said - 1]
    with pikepdf.open(io.BytesIO(long_pdf[0])) as file, file.open_outline() as outline:
        annex = next(item for item in outline.root if item.title.startswith("Phụ lục 1"))
        assert file.pages.index(pikepdf.Page(annex.destination[0])) + 1 == said


def test_pieces_give_the_same_bytes_whatever_the_number_of_processes(long_pdf):
    assert paper.make(long_document(ROWS), workers=1) == long_pdf[0]


def test_two_languages_stand_row_by_row_in_an_annex():
    _document, found = annexes.taken_out(long_document(60, ("vi", "en")))

    assert [annex["heading"] for annex in found] == ["Phụ lục 1. Hoạt động"]
    assert found[0]["twin"]["heading"] == "Annex 1. Activity"


PAGE = "<html lang='vi'><head><title>x</title></head><body><p>x</p></body></html>"


def test_who_cancels_does_not_wait_for_the_pieces_that_are_left():
    def cancelled_at_once(printers):
        with printers:
            printers.take([PAGE] * 50)
            raise work.Cancelled

    printers = pdf_pieces.Printers("", workers=2)
    with pytest.raises(work.Cancelled):
        cancelled_at_once(printers)

    assert all(process.poll() is not None for process in printers.processes)


def test_a_process_that_dies_is_an_error_and_not_a_wait_without_end():
    def after_a_death(printers):
        with printers:
            printers.processes[0].kill()
            printers.take([PAGE] * 3)
            return list(printers.laid_out())

    with pytest.raises((pdf_pieces.PieceFailed, OSError)):
        after_a_death(pdf_pieces.Printers("", workers=2))


def test_one_process_alone_needs_no_other():
    with pdf_pieces.Printers("", workers=1) as printers:
        printers.take([PAGE] * 2)
        contents = list(printers.laid_out())

    assert [pdf_pieces.pages_of(content) for content in contents] == [1, 1]
    assert printers.processes == []


def test_pieces_shrink_towards_the_end_and_hold_every_row_once():
    _document, found = annexes.taken_out(long_document(2000))

    sizes = [len(piece["block"]["rows"]) for piece in annexes.pieces(found[0])]

    assert sum(sizes) == 2000
    assert sizes[:-1] == sorted(sizes[:-1], reverse=True)
    assert max(sizes) * 2 <= annexes.MOST
    assert annexes.LEAST / 2 <= sizes[-1] * 2 <= annexes.LEAST * 3 / 2


def test_the_annex_behind_another_long_one_is_found_on_the_page_that_the_contents_name(db):
    document = long_document(ROWS)
    document["sections"].append({**listed("vi", "Việc khác", ROWS, "Số"), "number": "2", "code": "s2"})

    content = paper.make(document, workers=2)

    with pikepdf.open(io.BytesIO(content)) as file, file.open_outline() as outline:
        places = [
            file.pages.index(pikepdf.Page(item.destination[0]))
            for item in outline.root
            if "Phụ lục" in item.title
        ]
        assert 1 < places[0] < places[1] < len(file.pages) - 1
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-layout", "-", "-"]
        text = (
            subprocess.run(command, input=content, capture_output=True, check=True)
            .stdout.decode()
            .split("\f")
        )
        named = [int(line.split()[-1]) for line in text[1].splitlines() if "Phụ lục" in line]
        assert named == [place + 1 for place in places]
        assert all(f"Phụ lục {number}" in text[place] for number, place in enumerate(places, start=1))


def test_a_short_report_has_no_annex(logged):
    _document, found = annexes.taken_out(build(logged))

    assert found == []
