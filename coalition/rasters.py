"""Our own SVG drawings as PNG, for files that hold no SVG: the same shapes, text in the fonts of our PDFs.

It knows what coalition/charts.py and coalition/reference/map.py draw with: rectangles, circles, text and paths of
straight lines, under no transformation. Pure functions; no queries.
"""

import io
import re
from functools import lru_cache
from importlib.resources import files
from xml.etree import ElementTree

from PIL import Image, ImageDraw, ImageFont

from coalition import pdf
from coalition.charts import EDGE, INK

WIDE = 1240  # points of a picture as wide as a page: some 200 an inch
FINE = 3  # shapes are drawn so much larger and made smaller again, for smooth edges
GAP, LINE, WORDS = 24, 44, 25  # around parts, the height of a line of the key, the size of its letters
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def png(parts, *, key=(), columns=1):
    """Return one picture (bytes) of several drawings in columns, under the key that they share.

    parts: (title or "", SVG) pairs. key: (fill, words) pairs; no fill stands for the mark of a target.
    """
    wide = (WIDE - GAP * (columns - 1)) // columns
    drawn = [_titled(title, drawing(svg, wide)) for title, svg in parts]
    lines = _key_lines(key)
    rows = [drawn[place : place + columns] for place in range(0, len(drawn), columns)]
    heights = [max(picture.height for picture in row) for row in rows]
    whole = Image.new("RGB", (WIDE, LINE * len(lines) + sum(heights) + GAP * (len(rows) - 1)), "white")
    pen = ImageDraw.Draw(whole)
    for number, line in enumerate(lines):
        _draw_key(pen, number * LINE, line)
    top = LINE * len(lines)
    for row, height in zip(rows, heights, strict=True):
        for number, picture in enumerate(row):
            whole.paste(picture, (number * (wide + GAP), top))
        top += height + GAP
    out = io.BytesIO()
    whole.quantize(64).save(out, "PNG", optimize=True, dpi=(200, 200))
    return out.getvalue()


def drawing(svg, wide):
    """Return one SVG as a picture that is so many points wide."""
    root = ElementTree.fromstring(_NOT_XML.sub("", svg))  # noqa: S314  (our own, its words escaped)
    _x, _y, across, down = (float(number) for number in root.get("viewBox").split())
    scale = wide / across
    large = Image.new("RGB", (wide * FINE, int(down * scale * FINE)), "white")
    pen = ImageDraw.Draw(large)
    for shape in root:
        if shape.tag in _SHAPES:
            _SHAPES[shape.tag](pen, shape, scale * FINE)
    picture = large.resize((wide, int(down * scale)), Image.Resampling.BOX)
    pen = ImageDraw.Draw(picture)
    for shape in root:
        if shape.tag == "text":
            _text(pen, shape, scale)
    return picture


def _number(shape, name, scale, otherwise=0.0):
    return float(shape.get(name, otherwise)) * scale


def _paint(shape, scale):
    """Return the fill and the line of a shape as Pillow names them."""
    fill, line = shape.get("fill", INK), shape.get("stroke", "none")
    found = {"fill": None if fill == "none" else fill}
    if line != "none":
        found |= {"outline": line, "width": max(round(_number(shape, "stroke-width", scale, 1)), 1)}
    return found


def _rect(pen, shape, scale):
    x, y, wide, high = (_number(shape, name, scale) for name in ("x", "y", "width", "height"))
    if wide >= 1 and high >= 1:
        pen.rectangle((x, y, x + wide, y + high), **_paint(shape, scale))


def _circle(pen, shape, scale):
    x, y, radius = (_number(shape, name, scale) for name in ("cx", "cy", "r"))
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), **_paint(shape, scale))


def _path(pen, shape, scale):
    painted = _paint(shape, scale)
    for points in _strokes(shape.get("d"), scale):
        if painted["fill"] and len(points) > 2:
            pen.polygon(points, fill=painted["fill"])
        if "outline" in painted and len(points) > 1:
            pen.line(points, fill=painted["outline"], width=painted["width"], joint="curve")


def _strokes(path, scale):
    """Return the points of each stroke of a path of straight lines."""
    strokes, x, y = [], 0.0, 0.0
    for letter, numbers in re.findall(r"([MLHVZ])([^MLHVZ]*)", path):
        values = [float(number) * scale for number in re.findall(r"-?[\d.]+", numbers)]
        if letter == "Z":
            strokes[-1].append(strokes[-1][0])
            continue
        x = values[0] if letter in "MLH" else x
        y = values[-1] if letter in "MLV" else y
        if letter == "M":
            strokes.append([])
        strokes[-1].append((x, y))
    return strokes


_SHAPES = {"rect": _rect, "circle": _circle, "path": _path}


def _text(pen, shape, scale):
    weight = "semibold.ttf" if shape.get("font-weight") == "600" else "regular.ttf"
    weight = "italic.ttf" if shape.get("font-style") == "italic" else weight
    place = (_number(shape, "x", scale), _number(shape, "y", scale))
    anchor = {"middle": "ms", "end": "rs"}.get(shape.get("text-anchor"), "ls")
    font = _font(weight, round(_number(shape, "font-size", scale, 13)))
    pen.text(
        place, (shape.text or "").replace("\n", " "), fill=shape.get("fill", INK), font=font, anchor=anchor
    )


@lru_cache
def _font(name, size):
    content = files(pdf.FONT_PACKAGE).joinpath("files", pdf.FONTS[name]).read_bytes()
    return ImageFont.truetype(io.BytesIO(content), size)


def _titled(title, picture):
    """Return the picture with its title above."""
    if not title:
        return picture
    whole = Image.new("RGB", (picture.width, picture.height + LINE), "white")
    ImageDraw.Draw(whole).text((0, 32), str(title), fill=INK, font=_font("semibold.ttf", WORDS), anchor="ls")
    whole.paste(picture, (0, LINE))
    return whole


def _key_lines(key):
    """Return the entries of a key as lines of (left edge, fill, words)."""
    lines, left = [], WIDE
    for fill, words in key:
        wide = 62 + _font("regular.ttf", WORDS).getlength(words)
        if left + wide > WIDE:
            lines.append([])
            left = 0
        lines[-1].append((left, fill, words))
        left += wide
    return lines


def _draw_key(pen, top, line):
    for left, fill, words in line:
        if fill:
            pen.rectangle((left, top + 6, left + 22, top + 28), fill=fill, outline=EDGE)
        else:
            pen.rectangle((left + 9, top + 4, left + 14, top + 30), fill=INK)
        pen.text((left + 34, top + 26), words, fill=INK, font=_font("regular.ttf", WORDS), anchor="ls")
