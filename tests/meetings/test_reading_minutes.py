"""Reading minutes: the table, its agenda, who owes what by when, what stays unclear."""

import io
from datetime import date

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from meetings.minutes import Directory, read_docx, read_text, understand
from tests.factories.meetings import NAMES, PILLARS, ROWS, as_docx, as_text

DAY = date(2015, 4, 7)
DIRECTORY = Directory(NAMES, ["MX", "BM"])


def read(table, held_on=DAY):
    return understand(table, held_on=held_on, directory=DIRECTORY, pillars=PILLARS)


@pytest.fixture(scope="module")
def minutes():
    return read(read_text(as_text()))


def action(minutes, words):
    return next(action for action in minutes.as_json()["actions"] if words in action["text"])


def test_rows_become_agenda_items_with_their_points(minutes):
    titles = [
        (item.title, [(point.number, point.title, point.pillar) for point in item.points])
        for item in minutes.items
    ]

    assert titles == [
        (
            "Kế hoạch của nhóm trong quý II",
            [
                ("1", "Capacity building", "capacity"),
                ("2", "Advocacy", "advocacy"),
                ("3", "M&E", "monitoring"),
            ],
        ),
        ("Lan – Bình Minh báo cáo chuyến đi", [("1", "", None), ("2", "", None)]),
    ]
    assert minutes.items[0].points[2].content == ["Rà soát bảng chỉ số."]


def test_a_person_stands_for_the_organisation_named_beside_them(minutes):
    found = action(minutes, "Lan sẽ gửi")

    assert found["organisations"] == ["BM", "MX"]
    assert found["person"] == "Lan"
    assert found["due"]["due_on"] == "2015-04-20"
    assert found["parts"][1]["person"] == "chị Mai"
    assert found["parts"][1]["due"]["not_before"] == "2015-05-01"


def test_each_organisation_is_every_member(minutes):
    found = action(minutes, "Mỗi tổ chức")

    assert (found["every_member"], found["organisations"]) == (True, ["MX", "BM"])
    assert found["due"]["due_on"] == "2015-04-28"


def test_two_organisations_share_an_action(minutes):
    assert action(minutes, "viết phần mở đầu")["organisations"] == ["MX", "BM"]


def test_whom_one_only_asks_owes_nothing(minutes):
    found = action(minutes, "hỏi thêm")

    assert (found["organisations"], found["mentioned"], found["person"]) == (["BM"], ["DCA"], "Anh Sơn")


def test_a_repeated_duty_is_known(minutes):
    assert action(minutes, "theo Quý")["due"]["relation"] == "every"


def test_the_next_meeting_is_no_matter_of_the_agenda(minutes):
    assert {key: minutes.next_meeting[key] for key in ("date", "start_time", "end_time", "place")} == {
        "date": "2015-05-21",
        "start_time": "14:00",
        "end_time": "16:30",
        "place": "văn phòng Bình Minh",
    }


def test_what_was_not_understood_is_listed_with_its_line(minutes):
    assert [(doubt.row, doubt.column, doubt.line, doubt.why, doubt.text[:9]) for doubt in minutes.doubts] == [
        (1, 2, 2, "nothing", "Thời gian"),
        (2, 2, 1, "who", "Chờ đến s"),
    ]


def test_every_sentence_of_the_right_column_is_an_action_or_listed(minutes):
    said = {action.text for action in minutes.actions} | {doubt.text for doubt in minutes.doubts}
    written = " ".join(line for _left, right in ROWS[1:] for line in right)

    assert all(sentence in written for sentence in said)
    assert sum(len(sentence) for sentence in said) >= len(written) - len(said) - 3


def test_text_and_word_file_say_the_same(minutes):
    assert read(read_docx(io.BytesIO(as_docx()))).as_json() == minutes.as_json()


def test_windows_line_ends_and_decomposed_accents_change_nothing(minutes):
    import unicodedata

    strange = unicodedata.normalize("NFD", as_text()).replace("\n", "\r\n").replace("Lan", "La\u200bn")

    assert read(read_text(strange)).as_json() == minutes.as_json()


def test_a_line_may_hold_a_whole_row():
    table = read_text(
        "Content\tAction point\tResponsible\tDue\nTraining\tSend the list\tMầm Xanh\t28 April\n"
    )
    found = read(table).as_json()["actions"]

    assert [(one["text"], one["organisations"], one["due"]["due_on"]) for one in found] == [
        ("Send the list", ["MX"], "2015-04-28")
    ]


def test_a_table_of_actions_needs_no_content_column():
    table = read_text("Action point\tWho\tTimeline\nDraft the letter\tLan, BM\tend of May\n")
    found = read(table).as_json()["actions"][0]

    assert (found["organisations"], found["person"], found["due"]["due_on"]) == (["BM"], "Lan", "2015-05-31")


def test_english_minutes_are_read():
    table = read_text(
        "Content\tFollow up action\n1. Advocacy: letter\tEach organisation sends one idea before 28 April. "
        "Mầm Xanh will share the form by 20 April.\n"
    )
    found = read(table).as_json()["actions"]

    assert [(one["every_member"], one["organisations"], one["due"]["due_on"]) for one in found] == [
        (True, ["MX", "BM"], "2015-04-28"),
        (False, ["MX"], "2015-04-20"),
    ]


def test_a_table_without_heading_row_is_read():
    table = read_docx(io.BytesIO(as_docx(ROWS[1:])))

    assert read(table).as_json() == read(read_text(as_text())).as_json()


def test_merged_cells_are_read_once():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).text, table.cell(0, 2).text = "Nội dung", "Việc cần làm"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).text, table.cell(1, 2).text = "Tập huấn", "MX gửi tài liệu trước 20/4"
    table.cell(1, 0).merge(table.cell(1, 1))
    table.cell(2, 2).text = "BM gửi góp ý trước 25/4"
    table.cell(2, 0).merge(table.cell(2, 1))
    out = io.BytesIO()
    document.save(out)

    found = read(read_docx(io.BytesIO(out.getvalue()))).as_json()

    assert [one["organisations"] for one in found["actions"]] == [["MX"], ["BM"]]
    assert [item["title"] for item in found["agenda"]] == ["Tập huấn"]


def test_automatic_numbers_of_a_word_list_are_read():
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    cell = table.cell(0, 0)
    cell.paragraphs[0].add_run("Kế hoạch")
    for words in ("Advocacy: thư góp ý", "M&E: bảng chỉ số"):
        paragraph = cell.add_paragraph(words)
        properties = paragraph._p.get_or_add_pPr()
        numbering = OxmlElement("w:numPr")
        for name, value in (("w:ilvl", "0"), ("w:numId", _decimal_list(document))):
            part = OxmlElement(name)
            part.set(qn("w:val"), value)
            numbering.append(part)
        properties.append(numbering)
    out = io.BytesIO()
    document.save(out)

    points = read(read_docx(io.BytesIO(out.getvalue()))).items[0].points

    assert [(point.number, point.title) for point in points] == [("1", "Advocacy"), ("2", "M&E")]


def _decimal_list(document):
    """Return the id of a decimal list in python-docx's own template."""
    numbering = document.part.numbering_part.element
    decimal = next(
        one.get(qn("w:abstractNumId"))
        for one in numbering.findall(qn("w:abstractNum"))
        if one.find(qn("w:lvl")).find(qn("w:numFmt")).get(qn("w:val")) == "decimal"
    )
    return next(
        one.get(qn("w:numId"))
        for one in numbering.findall(qn("w:num"))
        if one.find(qn("w:abstractNumId")).get(qn("w:val")) == decimal
    )


def test_text_without_a_table_is_kept_as_content():
    found = read(read_text("Cuộc họp bàn về tập huấn.\nMọi người đồng ý."))

    assert (len(found.items), found.actions) == (1, [])


def test_a_name_of_one_word_counts_only_as_it_is_written():
    directory = Directory([("Plan", "PLAN"), ("CF", "CHILDFUND"), ("Mầm Xanh", "MX")])

    assert [one.code for one in directory.find("We plan with mam xanh and CF, not cf; Plan comes.")] == [
        "MX",
        "CHILDFUND",
        "PLAN",
    ]


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_without_an_error(words):
    read(read_text(words)).as_json()


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=4), max_size=6))
def test_whatever_table_is_pasted_is_read_without_an_error(rows):
    read(read_text("\n".join("\t".join(row) for row in rows))).as_json()


@pytest.mark.originals
def test_the_coalitions_own_minutes_give_the_agreed_facts(originals):
    directory = Directory(
        [
            ("NGORC", "NGORC"),
            ("CF", "CHILDFUND"),
            ("Tầm nhìn", "WVIV"),
            ("Cục trẻ em", "DCA"),
            ("CRS", "CRS"),
            ("VAPCR", "VACR"),
            ("Plan", "PLAN"),
            ("PACOM", "PACCOM"),
            ("Plan Việt Nam", "PLAN"),
        ],
        ["NGORC", "CHILDFUND", "WVIV", "CRS", "VACR", "PLAN"],
    )
    words = (originals / "meeting-minutes.txt").read_text(encoding="utf-8")

    found = understand(
        read_text(words), held_on=date(2015, 2, 3), directory=directory, pillars=PILLARS
    ).as_json()

    plan, shared = found["agenda"]
    assert plan["title"] == "Kế hoạch hoạt động của CRWG trong năm 2015"
    assert [point["pillar"] for point in plan["points"]] == ["capacity", "advocacy", "monitoring"]
    assert [point["number"] for point in shared["points"]] == [str(number) for number in range(1, 11)]
    assert {key: found["next_meeting"][key] for key in ("date", "start_time", "end_time", "place")} == {
        "date": "2015-03-19",
        "start_time": "14:00",
        "end_time": "17:00",
        "place": "văn phòng Plan Việt Nam",
    }
    facts = [
        (
            one["person"],
            one["every_member"] or one["organisations"],
            one["due"]["due_on"] or one["due"]["not_before"],
        )
        for one in found["actions"]
    ]
    assert facts == [
        ("Nga", ["WVIV", "NGORC"], "2015-02-10"),
        ("", True, None),
        ("", ["CRS"], "2015-05-31"),
        ("Chị Hà", ["NGORC"], None),
        ("An", [], "2015-02-10"),
        ("Anh Bảo", ["CHILDFUND"], None),
        ("", True, "2015-02-28"),
        ("An", [], None),
        ("", True, None),
        ("", True, None),
        ("", ["VACR", "CRS"], None),
        ("", [], "2015-02-24"),
        ("", ["PLAN"], None),
    ]
    assert [one["why"] for one in found["not_understood"]] == ["nothing", "who", "who", "who"]


def test_names_nobody_knows_are_kept_as_words():
    minutes = read(
        read_text("\tNội dung\n\tViệc cần làm\n\tTập huấn\n\tHải và Trăng Non sẽ gửi tài liệu trước 20/4")
    )

    assert action(minutes, "gửi tài liệu")["person"] == "Hải, Trăng Non"
    assert [doubt.why for doubt in minutes.doubts] == ["who"]
