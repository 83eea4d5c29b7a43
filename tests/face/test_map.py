"""The province map: steps, hidden small numbers, both archipelagos, both languages."""

import xml.etree.ElementTree as ET

from django.template.loader import render_to_string
from django.utils import translation

from coalition.reference import map as province_map


def drawn(built):
    html = render_to_string("components/map.html", {"map": built})
    ET.fromstring(html)
    return html


def test_both_archipelagos_and_the_sea_are_named_in_both_languages():
    with translation.override("vi"):
        html = drawn(province_map.build({}, language="vi"))
    assert "Quần đảo Hoàng Sa" in html
    assert "Quần đảo Trường Sa" in html
    with translation.override("en"):
        html = drawn(province_map.build({}, generation=63, language="en"))
    assert "Hoàng Sa" in html
    assert "Trường Sa" in html
    assert "East Sea" in html


def test_each_generation_has_its_units():
    assert len(province_map.build({}, generation=34)["units"]) == 34
    assert len(province_map.build({}, generation=63)["units"]) == 63


def test_rows_stand_by_value_then_in_vietnamese_order():
    built = province_map.build({"VN34-01": 3, "VN34-04": 9, "VN34-48": 3})

    assert [row["name"] for row in built["rows"]] == ["Cao Bằng", "Đà Nẵng", "Hà Nội"]


def test_a_hidden_number_is_neither_zero_nor_shaded():
    with translation.override("en"):
        built = province_map.build({"VN34-01": None, "VN34-04": 9}, language="en")

    hidden = next(unit for unit in built["units"] if unit["uid"] == "VN34-01")
    assert (hidden["step"], hidden["shown"]) == ("0", "fewer than 5")


def test_higher_values_are_never_lighter():
    uids = [unit["uid"] for unit in province_map.build({})["units"]]
    built = province_map.build({uid: number * number for number, uid in enumerate(uids)})

    steps = [int(unit["step"]) for unit in sorted(built["units"], key=lambda unit: unit["value"] or 0)]
    assert steps == sorted(steps)
    assert set(steps) == {0, 1, 2, 3, 4, 5}


def test_the_archipelago_takes_the_shade_of_its_province():
    built = province_map.build({"VN34-48": 9, "VN34-01": 1})

    hoang_sa, truong_sa = built["insets"]
    assert hoang_sa["step"] == next(unit for unit in built["units"] if unit["uid"] == "VN34-48")["step"]
    assert truong_sa["step"] == "0"


def test_values_of_unknown_units_are_left_out():
    assert province_map.build({"VN63-15": 4}, generation=34)["rows"] == []
