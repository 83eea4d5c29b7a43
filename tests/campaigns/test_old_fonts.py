import pytest

from campaigns.workbook import legacy

PLAIN = "Hội thảo về quyền tham gia của trẻ em ở thành phố Đà Nẵng"
TCVN3 = "Héi th¶o vÒ quyÒn tham gia cña trÎ em ë thµnh phè §µ N½ng"
VNI = "Hoäi thaûo veà quyeàn tham gia cuûa treû em ôû thaønh phoá Ñaø Naüng"


@pytest.mark.parametrize(("text", "font"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_old_fonts_are_recognised_and_converted(text, font):
    assert legacy.detect([text]) == font
    assert legacy.convert(text, font) == PLAIN


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.upper(),
        "Café, naïve, résumé",
        "Plan International",
        "",
        "½ ngày",
        "Đắk Lắk, Krông Pắc, Hoà Bình, thuỷ",
        "São Paulo và Zürich",
        "Nguyễn Trãi",
    ],
)
def test_unicode_text_is_left_alone(text):
    assert legacy.detect([text]) == ""


def test_only_the_cells_in_the_old_font_are_converted():
    cells = [TCVN3, PLAIN, "Hµ Néi"]

    assert legacy.detect(cells) == "tcvn3"
    assert [legacy.converted(cell, "tcvn3") for cell in cells] == [PLAIN, PLAIN, "Hà Nội"]


def test_a_soft_hyphen_is_a_letter_of_the_old_font():
    assert legacy.convert("§­êng phè", "tcvn3") == "Đường phố"
