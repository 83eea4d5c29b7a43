"""The year ribbon: what is drawn where, and what a screen reader gets instead."""

from datetime import date

from django.utils import translation

from coalition import ribbon
from coalition.ribbon import Dot

TODAY = date(2026, 11, 22)


def test_only_the_asked_year_is_drawn_and_each_thing_once():
    dot = Dot(date(2026, 3, 7), "meeting", "Họp quý I", "/meetings/a/")

    built = ribbon.build(2026, TODAY, [dot, dot, Dot(date(2025, 3, 7), "meeting", "Năm trước")])

    assert [mark["dot"] for mark in built["marks"]] == [dot]
    assert built["count"] == 1


def test_days_run_from_left_to_right():
    built = ribbon.build(2024, date(2024, 12, 31), [])

    assert built["months"][0]["x"] == ribbon.LEFT
    assert built["today_x"] < ribbon.WIDTH - ribbon.RIGHT
    assert [month["x"] for month in built["months"]] == sorted(month["x"] for month in built["months"])


def test_another_year_has_no_today():
    built = ribbon.build(2025, TODAY, [])

    assert built["today"] is None
    assert built["today_x"] is None


def test_a_full_week_shows_four_and_counts_the_rest():
    dots = [Dot(date(2026, 5, 4), "activity", f"Tập huấn {number}") for number in range(6)]

    marks = ribbon.build(2026, TODAY, dots)["marks"]

    assert [mark.get("more") for mark in marks] == [None, None, None, 3]


def test_an_unknown_kind_is_an_activity():
    marks = ribbon.build(2026, TODAY, [Dot(date(2026, 5, 4), "launch", "Công bố")])["marks"]

    assert marks[0]["lane"] == "activity"


def test_tet_is_one_run_with_the_weekend_it_touches():
    runs = {run.label: run for run in ribbon.holidays_of(2026, "vi")}

    assert runs["Tết Nguyên Đán"].is_tet
    assert (runs["Tết Nguyên Đán"].first, runs["Tết Nguyên Đán"].last) == (
        date(2026, 2, 16),
        date(2026, 2, 20),
    )
    assert "Quốc khánh" in runs


def test_holidays_have_english_names():
    assert "Lunar New Year" in [run.label for run in ribbon.holidays_of(2026, "en")]


def test_the_list_holds_every_dot_by_month():
    dots = [
        Dot(date(2026, 5, 4), "owed", "Phiếu <quý I>", "/owed/x/"),
        Dot(date(2026, 5, 9), "met", "Biên bản"),
        Dot(date(2026, 6, 1), "launch", "Công bố"),
    ]

    with translation.override("en"):
        months = ribbon.build(2026, TODAY, dots)["months_of_dots"]

    assert [(month["first"], month["lines"].count("<li>")) for month in months] == [
        (date(2026, 5, 1), 2),
        (date(2026, 6, 1), 1),
    ]
    assert months[0]["lines"].startswith(
        '<li><time datetime="2026-05-04">04/05/2026</time> <a href="/owed/x/">Phiếu &lt;quý I&gt;</a>'
        ' <span class="secondary">(deadline)</span></li>'
    )
    assert "Biên bản <" in months[0]["lines"]
    assert "(activity)" in months[1]["lines"]
