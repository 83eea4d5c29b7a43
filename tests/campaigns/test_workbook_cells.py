"""What people type into cells: every mistake at once, dates, numbers, blank and zero, old fonts."""

import datetime as dt
import unicodedata

import pytest
from django.urls import reverse

from campaigns.models import FormImport
from tests.campaigns.sheets import add_row, book_of, mistakes, packed, read


def test_every_mistake_is_said_at_once_with_its_cell(form):
    book = book_of(form)
    add_row(
        book,
        2,
        title="",
        kind="Xây cầu",
        starts_on="31/02/2015",
        province="Atlantis",
        girls="nhiều",
        boys=-3,
        women=1.5,
        links="khong phai dia chi",
        logo="có thể",
    )
    add_row(book, 5, title="=1+1")

    cells = [each["cell"] for each in read(form, book).mistakes]

    assert cells == ["B2", "C2", "D2", "F2", "I2", "J2", "L2", "P2", "Q2", "B5"]


def test_a_row_without_mistakes_passes(form):
    assert mistakes(form) == []


@pytest.mark.parametrize(
    "written",
    ["3/2/2015", "03-02-2015", "03.02.15", " 3 / 2 / 2015 ", "2015-02-03", 42038, dt.datetime(2015, 2, 3)],
)
def test_dates_as_people_write_them(form, written):
    book = book_of(form)
    add_row(book, 2, starts_on=written)

    assert read(form, book).lines[0]["values"]["starts_on"] == "2015-02-03"


def test_a_swapped_day_and_month_is_asked_about(form):
    outside = mistakes(form, starts_on="05/06/2015")
    swapped = mistakes(form, starts_on="03/11/2015")

    assert [cell for cell, _words in outside] == ["D2"]
    assert "?" not in outside[0][1]
    assert "11/03/2015?" in swapped[0][1]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (0, 0),
        ("0", 0),
        (12.0, 12),
        ("1.500", 1500),
        ("1,500", 1500),
        ("1 500", 1500),
        ("1500", 1500),
    ],
)
def test_blank_is_not_zero_and_separators_are_no_decimals(form, written, number):
    book = book_of(form)
    add_row(book, 2, girls=written)

    assert read(form, book).lines[0]["values"]["children_female"] == number


@pytest.mark.parametrize(
    "written", ["1.5", "1,50", "12 người", "1e5", "٣", "-1", 2.5, 10**12, True, "9" * 400]
)
def test_what_is_no_number_of_people(form, written):
    assert [cell for cell, _words in mistakes(form, girls=written)] == ["I2"]


def test_decomposed_text_is_stored_composed(form):
    book = book_of(form)
    add_row(
        book,
        2,
        title=unicodedata.normalize("NFD", "Tọa đàm về trẻ em\u200b"),
        province=unicodedata.normalize("NFD", "Hà Nội"),
    )

    values = read(form, book).lines[0]["values"]

    assert values["title"] == "Tọa đàm về trẻ em"
    assert values["province"] == "VN63-01"


def test_text_of_an_old_font_is_named_and_converted_when_asked(client, form, focal):
    book = book_of(form)
    add_row(book, 2, title="Héi th¶o vÒ quyÒn trÎ em ë §µ N½ng", place="Nguyễn Trãi")
    client.force_login(focal)
    path = reverse("campaigns:form_upload", args=[form.public_id])
    page = client.post(path, {"workbook": packed(book)}, follow=True)
    taken = FormImport.objects.get()

    assert "TCVN3" in page.content.decode()
    assert taken.state == "wrong"
    client.post(reverse("campaigns:import_page", args=[taken.public_id]), {"convert": "1"})
    taken.refresh_from_db()
    assert taken.state == "ready"
    assert taken.read["lines"][0]["values"]["title"] == "Hội thảo về quyền trẻ em ở Đà Nẵng"
