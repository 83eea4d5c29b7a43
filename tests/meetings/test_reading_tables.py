"""Tables of minutes in the shapes people bring: three to five columns, headings of their own, none at all."""

import datetime as dt
import io

import docx
import pytest

from meetings.minutes import Directory, read_docx, read_text, understand

NAMES = [
    ("MX", "MX"),
    ("Mầm Xanh", "MX"),
    ("BM", "BM"),
    ("Bình Minh", "BM"),
    ("Plan", "PLAN"),
    ("SCI", "SCI"),
]
DAY = dt.date(2015, 2, 3)


def from_word(rows, merged=(), others=()):
    """Return the Table of a document with these rows, after a table for each of `others`."""
    document = docx.Document()
    for other in others:
        add(document, other)
        document.add_paragraph("")
    table = add(document, rows)
    for row, first, last in merged:
        table.rows[row].cells[first].merge(table.rows[row].cells[last])
    content = io.BytesIO()
    document.save(content)
    content.seek(0)
    return read_docx(content)


def closed_by(rows, words):
    document = docx.Document()
    add(document, rows)
    document.add_paragraph(words)
    content = io.BytesIO()
    document.save(content)
    content.seek(0)
    return read_docx(content)


def add(document, rows):
    table = document.add_table(rows=0, cols=max(len(row) for row in rows))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words
    return table


def from_text(rows):
    return read_text("\n".join("\t".join(row) for row in rows))


def read(table):
    return understand(table, held_on=DAY, directory=Directory(NAMES, ["MX", "BM"]), pillars=[])


def actions(table):
    return [
        (action.text, [part.code for part in action.parts], action.person, str(action.due.due_on))
        for action in read(table).actions
    ]


TABLES = {
    "Vietnamese, numbered": (
        [
            ("STT", "Nội dung", "Người thực hiện", "Thời hạn hoàn thành"),
            ("1", "Gửi danh sách lớp", "Mầm Xanh", "28/2"),
            ("2", "Liên hệ Cục", "Chị Hà (Bình Minh)", "trước Tết"),
        ],
        [
            ("Gửi danh sách lớp", ["MX"], "", "2015-02-28"),
            ("Liên hệ Cục", ["BM"], "Chị Hà", "2015-02-14"),
        ],
    ),
    "English, numbered": (
        [
            ("No.", "Action points", "Person responsible", "By when"),
            ("1", "Share the list", "Plan", "end of March"),
            ("2", "Draft the letter", "Plan, SCI", "ASAP"),
        ],
        [
            ("Share the list", ["PLAN"], "", "2015-03-31"),
            ("Draft the letter", ["PLAN", "SCI"], "", "None"),
        ],
    ),
    "numbers with a full stop": (
        [("No.", "Action point", "Who"), ("1.", "Share the list", "Plan"), ("2.", "Draft the letter", "SCI")],
        [("Share the list", ["PLAN"], "", "None"), ("Draft the letter", ["SCI"], "", "None")],
    ),
    "three columns": (
        [("Action point", "Responsible", "Timeline"), ("Share the list", "Plan", "end of March")],
        [("Share the list", ["PLAN"], "", "2015-03-31")],
    ),
    "headings in words of one's own": (
        [
            ("Nội dung", "Hành động tiếp theo", "Người/Đơn vị phụ trách", "Hạn chót (ngày)"),
            ("Vận động", "Soạn thư ngỏ", "BM", "15/3"),
        ],
        [("Soạn thư ngỏ", ["BM"], "", "2015-03-15")],
    ),
    "who and when in one column": (
        [("Agenda item", "Action", "Responsible / Due"), ("Advocacy", "Draft the letter", "Plan – 15 March")],
        [("Draft the letter", ["PLAN"], "", "2015-03-15")],
    ),
    "no heading, days in the third column": (
        [("Advocacy", "Plan will draft the letter", ""), ("Training", "BM gửi tài liệu", "15/3")],
        [("Plan will draft the letter", ["PLAN"], "", "None"), ("BM gửi tài liệu", ["BM"], "", "2015-03-15")],
    ),
    "no heading, numbers first": (
        [("1", "Draft the letter", "Plan", "15 March"), ("2", "Gửi tài liệu", "BM", "15/3")],
        [("Draft the letter", ["PLAN"], "", "2015-03-15"), ("Gửi tài liệu", ["BM"], "", "2015-03-15")],
    ),
    "a heading row on every page": (
        [
            ("Nội dung", "Follow up action"),
            ("Vận động", "Plan gửi thư trước 28/2"),
            ("Nội dung", "Follow up action"),
            ("Tập huấn", "BM gửi thư trước 28/3"),
        ],
        [
            ("Plan gửi thư trước 28/2", ["PLAN"], "", "2015-02-28"),
            ("BM gửi thư trước 28/3", ["BM"], "", "2015-03-28"),
        ],
    ),
}


@pytest.mark.parametrize("make", [from_word, from_text])
@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES)
def test_each_shape_gives_its_actions(make, rows, expected):
    assert actions(make(rows)) == expected


def test_a_title_over_all_columns_stands_before_the_table():
    table = from_word([("BIÊN BẢN HỌP", "", ""), *TABLES["three columns"][0]], merged=[(0, 0, 2)])

    assert (table.before, actions(table)) == (["BIÊN BẢN HỌP"], TABLES["three columns"][1])


def test_a_column_under_an_unknown_heading_is_kept_as_content():
    rows = [
        ("Topic", "Discussion", "Số liệu", "Action point", "Who"),
        ("Advocacy", "Đã bàn", "12 thư", "Draft", "Plan"),
    ]

    (item,) = read(from_word(rows)).items

    assert (item.title, item.content) == ("Advocacy", ["Đã bàn", "12 thư"])


@pytest.mark.parametrize(
    "row",
    [
        ("Thảo luận kế hoạch", "Plan thực hiện trước 28/2"),
        ("Thảo luận kế hoạch", "Plan thực hiện", "đúng hạn"),
        ("Quyết định chung", "Mầm Xanh chịu trách nhiệm"),
    ],
)
def test_a_first_row_that_only_sounds_like_headings_is_a_row(row):
    assert len(actions(from_word([row]))) == 1


def test_rows_between_upright_strokes_are_a_table():
    words = "| Action point | Responsible | Due |\n|---|:---:|---|\n| Share the list | Plan | 15/3 |\n"

    assert actions(read_text(words)) == [("Share the list", ["PLAN"], "", "2015-03-15")]


def test_an_organisation_nobody_knows_is_named_where_it_would_be_responsible():
    rows = [
        ("Action point", "Responsible", "Due"),
        ("Draft", "ABC", "15/3"),
        ("XYZ sẽ mời khách", "Plan", "16/3"),
    ]

    assert [action.unknown for action in read(from_word(rows)).actions] == [["ABC"], ["XYZ"]]


CAME = [("STT", "Họ tên", "Tổ chức"), ("1", "Cán bộ chương trình", "Plan"), ("2", "Cán bộ dự án", "BM")]


def test_a_list_of_who_came_is_not_minuted():
    rows, expected = TABLES["three columns"]

    table = from_word(rows, others=[CAME])

    assert (actions(table), "Cán bộ dự án" in table.before) == (expected, True)


def test_tables_of_different_headings_are_read_one_after_the_other():
    talk = [("Topic", "Discussion"), ("Advocacy", "Đã bàn về thư ngỏ")]
    rows, expected = TABLES["three columns"]

    minutes = read(from_word(rows, others=[talk]))

    assert [(item.title, item.content) for item in minutes.items] == [("Advocacy", ["Đã bàn về thư ngỏ"])]
    assert actions(from_word(rows, others=[talk])) == expected


def test_a_table_that_goes_on_after_a_page_keeps_its_columns():
    rows = TABLES["three columns"][0]
    more = [("Draft the letter", "SCI", "15/3")]

    assert [action[:2] for action in actions(from_word(more, others=[rows]))] == [
        ("Share the list", ["PLAN"]),
        ("Draft the letter", ["SCI"]),
    ]


def test_a_line_below_the_table_announces_the_next_meeting():
    rows, expected = TABLES["three columns"]

    table = closed_by(rows, "Next meeting: 19 March 2015, 14:00-17:00 at Plan office")

    assert (actions(table), read(table).next_meeting["date"]) == (expected, "2015-03-19")
