"""What a first visit costs, and whether every pair of colours can be read in light and dark."""

import importlib.util
import re
from pathlib import Path

import brotli
import pytest
import tinycss2
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FONTS = ROOT / "node_modules" / "@fontsource" / "be-vietnam-pro" / "files"
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
PAIRS = [  # what is written, on what, and how much contrast WCAG 2.2 AA asks for
    *[(text, ground, 4.5) for text in ("ink", "faint", "teal", "teal-strong", "owed", "overdue")
      for ground in ("paper", "sheet", "shade")],
    ("on-teal", "teal", 4.5), ("on-teal", "teal-strong", 4.5), ("teal-strong", "teal-wash", 4.5),
    ("ink", "owed-wash", 4.5), ("ink", "overdue-wash", 4.5), ("ink", "good-wash", 4.5),
    ("overdue", "overdue-wash", 4.5), ("edge", "sheet", 3), ("edge", "paper", 3), ("good", "paper", 3),
]  # fmt: skip


def packed(content):
    return len(brotli.compress(content, quality=11))


def cut_tabler():
    """Run the cutting as `make run` does, without writing the file."""
    spec = importlib.util.spec_from_file_location("styles", ROOT / "bin" / "styles.py")
    styles = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(styles)
    rules = tinycss2.parse_stylesheet(
        styles.SOURCE.read_text(encoding="utf-8"), skip_whitespace=True, skip_comments=True
    )
    return styles.cut(rules, styles.classes()).encode()


def test_a_first_visit_stays_within_its_budget():
    css = packed(cut_tabler()) + sum(
        packed(file.read_bytes()) for file in (ROOT / "static/css").glob("*.css")
    )
    scripts = packed((ROOT / "static/js/portal.js").read_bytes()) + packed(
        (ROOT / "node_modules/htmx.org/dist/htmx.min.js").read_bytes()
    )
    fonts = sum(
        (FONTS / f"be-vietnam-pro-{part}-{weight}-normal.woff2").stat().st_size
        for part in ("latin", "vietnamese")
        for weight in (400, 600)
    )

    assert css <= 40_000
    assert scripts <= 25_000
    assert css + scripts + fonts <= 125_000  # leaves 25 kB for the page itself and its icons


def test_the_cut_keeps_what_is_used_and_drops_what_is_not():
    css = cut_tabler().decode()

    assert ".btn-primary" in css
    assert ".carousel" not in css
    assert ".navbar" not in css


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "wanted"), PAIRS)
def test_colours_can_be_read(text, ground, wanted, theme):
    colours = {name: (light if theme == "light" else dark) for name, light, dark in tokens()}

    assert contrast(colours[text], colours[ground]) >= wanted


def tokens():
    return TOKEN.findall((ROOT / "static/css/portal.css").read_text(encoding="utf-8"))


def contrast(one, other):
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_old_browsers_get_the_light_colours():
    css = (ROOT / "static/css/portal.css").read_text(encoding="utf-8")
    plain = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})[;\s]", css.split("@supports")[0]))

    assert {name: light for name, light, _dark in tokens()} == {name: plain[name] for name, *_ in tokens()}
