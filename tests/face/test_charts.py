"""Charts: shapes, words and the table that says the same."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from coalition import charts

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart):
    """Return the chart's page part, checked to be well-formed."""
    html = render_to_string("components/chart.html", {"chart": chart})
    ET.fromstring(html.replace("&nbsp;", " "))
    return html


def some_charts():
    months = [(f"{month}", month * 3) for month in range(1, 13)]
    return [
        charts.bars("Hoạt động theo tháng", months),
        charts.stacked("Người tham gia", ["0–5", "6–10"], [("Nữ", [3, None]), ("Nam", [2, 0])]),
        charts.targets("Chỉ số", [("Số tổ chức xã hội được tập huấn trong cả giai đoạn", 200, 187.5)]),
        charts.line("Qua các năm", ["2019", "2020", "2021"], [("Nữ", [10, None, 30]), ("Nam", [5, 6, 7])]),
        *charts.small_multiples([("2019", months), ("2020", months)], key="years"),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_chart_is_well_formed_with_title_description_and_table(language):
    with translation.override(language):
        for chart in some_charts():
            html = drawn(chart)

            assert f'aria-labelledby="{chart.id}-title {chart.id}-desc"' in html
            assert "<table" in html
            assert "style=" not in html


def test_coordinates_keep_the_full_stop_in_vietnamese():
    with translation.override("vi"):
        chart = charts.bars("Số", [("a", 1234567.5), ("b", 1)])

        assert all("," not in shape.get("x", "") for shape in chart.shapes)
        assert chart.rows[0]["values"] == ["1.234.567,5"]


def test_what_is_not_known_is_a_dash_and_never_a_bar():
    chart = charts.bars("Số", [("a", None), ("b", 0)])

    assert [row["values"] for row in chart.rows] == [["–"], ["0"]]
    assert len([shape for shape in chart.shapes if shape["kind"] == "rect"]) == 1


def test_stacked_totals_are_the_sums_of_their_pieces():
    chart = charts.stacked("Người", ["a", "b"], [("Nữ", [3, None]), ("Nam", [2, 4])])

    assert [row["values"] for row in chart.rows] == [["3", "2", "5"], ["–", "4", "4"]]


def test_an_empty_chart_can_be_drawn():
    for chart in (
        charts.bars("a", []),
        charts.stacked("b", [], []),
        charts.targets("c", []),
        charts.line("d", [], []),
    ):
        drawn(chart)


def test_a_gap_breaks_the_line():
    chart = charts.line("Qua các năm", ["1", "2", "3", "4"], [("x", [1, None, 3, 4])])

    path = next(shape["d"] for shape in chart.shapes if shape["kind"] == "path" and "line-0" in shape["css"])
    assert (path.count("M"), path.count("L")) == (2, 1)


def test_hostile_words_stay_words():
    chart = charts.bars("<script>x</script>", [("<b>a</b>", 1)])

    html = drawn(chart)

    assert "<script>" not in html
    assert "<b>" not in html


def test_small_multiples_share_one_scale():
    first, second = charts.small_multiples([("2019", [("a", 10)]), ("2020", [("a", 5)])])

    heights = [
        float(next(s for s in chart.shapes if s["kind"] == "rect")["height"]) for chart in (first, second)
    ]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)


def test_series_differ_in_grey():
    def lightness(colour):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    first_three = [lightness(colour) for colour in charts.FILLS[:3]]
    assert min(b - a for a, b in pairwise(first_three)) > 40
