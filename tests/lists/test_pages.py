"""The list contract, shown on a list of organisations."""

import csv
import io
import zipfile

import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from coalition.lists.columns import in_words
from coalition.lists.exports import safe_cell
from coalition.lists.models import SavedView
from coalition.lists.pages import Choices, Column, Day, Flag, ListPage, Related, Year, answer
from coalition.members.models import Organisation
from tests.factories.members import OrganisationFactory

ORGANISATIONS = ListPage(
    name="test-organisations",
    title="Các tổ chức",
    lead="Sổ địa chỉ.",
    rows=lambda user: Organisation.objects.visible_to(user).filter(is_secretariat=False),
    columns=[
        Column(
            "name",
            "Tên",
            "name_vi",
            sort="sort_key",
            is_main=True,
            link=lambda row: f"/organisations/{row.public_id}/",
        ),
        Column("code", "Mã", sort="code"),
        Column("kind", "Loại", "get_kind_display"),
        Column(
            "letters", "Số chữ", load=lambda rows: {row.pk: len(row.code) for row in rows}, is_number=True
        ),
        Column("note", "Ghi chú", is_shown=False),
    ],
    filters=[
        Choices("kind", "Loại", choices=Organisation.Kind.choices),
        Flag("merged", "Đã gộp", narrow=lambda rows, values: rows.filter(merged_into__isnull=not values[0])),
        Related(
            "into", "Gộp vào", "merged_into", rows=lambda user: Organisation.objects.all(), is_typed=True
        ),
        Year("year", "Năm", "created_at__date"),
        Day("since", "Từ", "created_at__date__gte"),
    ],
    default_sort="name",
    empty_title="Chưa có tổ chức nào",
)


@pytest.fixture
def look(coordinator, settings):
    """Ask for the list with an address; `part` asks as htmx does."""
    settings.ROOT_URLCONF = "coalition.urls"

    def ask(query="", user=coordinator, part=""):
        headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": part} if part else {}
        request = RequestFactory().get(f"/things/?{query}", **headers)
        request.user, request.htmx = user, HtmxDetails(request)
        SessionMiddleware(lambda request: None)(request)
        MessageMiddleware(lambda request: None)(request)
        return answer(request, ORGANISATIONS)

    return ask


def shown(response):
    return response.content.decode()


def table_of(response):
    content = b"".join(response.streaming_content).decode()
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content[1:])))


def names(look, query):
    return [row[0] for row in table_of(look(f"{query}&format=csv&cols=name"))][1:]


@pytest.fixture
def three(db):
    return [
        OrganisationFactory(code=code, name_vi=name, kind=kind)
        for code, name, kind in [
            ("A", "Đồng hành cùng trẻ em", "VNGO"),
            ("B", "Dân tộc thiểu số", "INGO"),
            ("C", "Ánh sao", "DONOR"),
        ]
    ]


def test_search_finds_without_accents(look, three):
    assert names(look, "q=TRE em") == ["Đồng hành cùng trẻ em"]


def test_rows_stand_in_the_order_of_the_vietnamese_alphabet(look, three):
    assert names(look, "sort=name") == ["Ánh sao", "Dân tộc thiểu số", "Đồng hành cùng trẻ em"]
    assert names(look, "sort=-name") == ["Đồng hành cùng trẻ em", "Dân tộc thiểu số", "Ánh sao"]


def test_a_repeated_parameter_means_or_and_two_filters_mean_and(look, three):
    assert names(look, "kind=VNGO&kind=DONOR") == ["Ánh sao", "Đồng hành cùng trẻ em"]
    assert names(look, "kind=VNGO&kind=DONOR&q=sao") == ["Ánh sao"]


@pytest.mark.parametrize(
    "query",
    [
        "kind=NOPE",
        "sort=drop",
        "cols=zzz",
        "page=-1",
        "page=abc",
        "page=99999999999999999999",
        "per=7",
        "foo=bar",
        "year=19",
        "since=2025-02-31",
        "view=none",
        "merged=maybe",
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_note(look, three, query):
    response = look(query)

    assert response.status_code == 200
    assert "note-warning" in shown(response)
    assert "Ánh sao" in shown(response)


@pytest.mark.parametrize("query", ["", "kind=VNGO", "sort=-name&per=50", "cols=code", "year=", "q="])
def test_a_good_address_brings_no_note(look, three, query):
    assert "note-warning" not in shown(look(query))


def test_each_filter_in_use_is_a_chip_that_takes_itself_away(look, three):
    page = shown(look("kind=VNGO&kind=DONOR"))

    assert 'href="/things/?kind=DONOR"' in page
    assert 'href="/things/?kind=VNGO"' in page


def test_typed_names_filter_without_accents(look, three):
    three[1].merged_into = three[0]
    three[1].save()

    assert names(look, "into=dong hanh") == ["Dân tộc thiểu số"]
    assert names(look, f"into={three[0].public_id}") == ["Dân tộc thiểu số"]
    assert names(look, "into=khong co ai") == []


def test_nothing_found_and_nothing_there_are_two_texts(look, db):
    assert "Chưa có tổ chức nào" in shown(look())
    OrganisationFactory(name_vi="Một")
    assert "Chưa có tổ chức nào" not in shown(look("q=zzz"))
    assert "?all=1" in shown(look("q=zzz"))


def test_pages_hold_25_50_or_100_rows_and_a_page_too_far_is_the_last(look, db):
    for number in range(60):
        OrganisationFactory(name_vi=f"Tổ chức {number:02}")

    assert shown(look("page=2")).count("<tr>") == 26  # 25 rows and the head
    assert shown(look("page=3")).count("<tr>") == 11
    assert shown(look("page=99")).count("<tr>") == 11
    assert shown(look("per=100")).count("<tr>") == 61


def test_columns_can_be_chosen_and_the_name_always_stands(look, three):
    page = shown(look("cols=note"))

    assert "Ghi chú" in page
    assert "Số chữ" not in page
    assert "Ánh sao" in page


def test_a_phone_can_stack_the_row(look, three):
    assert 'data-label="Mã"' in shown(look())


def test_htmx_gets_only_the_part_it_names(look, three):
    part = shown(look("q=sao", part="results"))

    assert part.lstrip().startswith('<section id="results"')
    assert "<html" not in part
    assert 'id="result-count"' in part


def test_the_filter_panel_is_a_part_of_its_own_and_also_opens_without_script(look, three):
    assert "<html" not in shown(look("panel=filter", part="panel"))
    assert 'name="kind"' in shown(look("panel=filter"))
    assert 'name="kind" value="VNGO"' not in shown(look())


@pytest.mark.parametrize("panel", ["filter", "columns", "view", "export"])
def test_every_panel_opens(look, three, panel):
    assert "list-panel" in shown(look(f"panel={panel}&kind=VNGO&into=abc"))


def test_one_row_and_three_rows_take_the_same_statements(look, coordinator, django_assert_num_queries):
    coordinator.current_memberships  # noqa: B018 (read before the count, as the page's frame does)
    OrganisationFactory(name_vi="Một")
    look()
    with django_assert_num_queries(3):  # saved views, count, rows
        look()
    OrganisationFactory(name_vi="Hai"), OrganisationFactory(name_vi="Ba")
    with django_assert_num_queries(3):
        look()


# Exports


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "|calc", "＝1"])
def test_no_text_becomes_a_formula(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["1-2", "tốt", "", None, -5, 3.5])
def test_harmless_cells_stay_as_they_are(value):
    assert safe_cell(value) == value


def test_csv_holds_exactly_this_view(look, three):
    OrganisationFactory(code="D", name_vi="=1+1", kind="VNGO")

    rows = table_of(look("kind=VNGO&cols=code,letters&sort=-code&format=csv"))

    assert rows == [["Tên", "Mã", "Số chữ"], ["'=1+1", "D", "1"], ["Đồng hành cùng trẻ em", "A", "1"]]


def test_csv_for_vietnamese_excel_has_semicolons(look, three):
    lines = b"".join(look("format=csv&separator=semicolon&cols=code").streaming_content).decode()

    assert lines.splitlines()[0] == "\ufeffTên;Mã"


def test_xlsx_keeps_text_as_text_and_says_what_it_is(look, three):
    OrganisationFactory(code="D", name_vi="=cmd|'/c calc'!A1", kind="VNGO")

    content = b"".join(look("kind=VNGO&format=xlsx").streaming_content)

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        rows = book.read("xl/worksheets/sheet1.xml").decode()
        about = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in rows
    assert "=cmd|" in rows
    assert "Người coordinator" in about
    assert "<v>2</v>" in about


def test_a_saved_view_brings_its_filters_back(look, three, coordinator):
    view = SavedView.objects.create(
        owner=coordinator, list_name="test-organisations", name="Chỉ INGO", query="kind=INGO&cols=code"
    )

    page = shown(look(f"view={view.public_id}"))

    assert "Dân tộc thiểu số" in page
    assert "Ánh sao" not in page
    assert 'aria-current="true"' in page


def test_words_of_values():
    assert in_words(None) == ""
    assert in_words(True) in ("có", "yes")
    assert in_words(["a", "b"]) == "a, b"
