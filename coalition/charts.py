"""Charts as plain SVG: numbers go in, shapes for `components/chart.html` come out, on the page as in the PDF.

Every chart carries its numbers as a table, a sentence saying what it shows, and fills that differ in
lightness, to be read in grey, by colour-blind people and by screen readers. Two charts with one title on
one page need a `key`, which makes their ids. Values may be None
("not known"): drawn as a gap, written as an en dash, never as zero. Pure functions; no queries.
"""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coalition.text import slug

FILLS = ("#0f6b63", "#d9a15b", "#e3e0d6", "#5b5147", "#8fb8b3", "#35524e")
STROKES = ("#0f6b63", "#a84b06", "#55615e", "#5b5147", "#4b9389", "#1c2826")
DASHES = ("", "6 4", "2 3", "10 3 2 3", "1 4", "12 5")
INK, FAINT, GRID, EDGE = "#1c2826", "#55615e", "#e4e1d8", "#848b87"
WIDTH = 560


@dataclass
class Chart:
    """What the chart template draws: shapes in order, a key, and the same numbers as a table."""

    title: str
    description: str
    width: int
    height: int
    note: str = ""
    id: str = ""
    alt: str = ""  # what a printed drawing is called instead; a page has its description beside
    shapes: list = field(default_factory=list)
    key: list = field(default_factory=list)
    head: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    def __post_init__(self):
        self.id = self.id or f"chart-{slug(self.title)[:40] or 'x'}"

    def rect(self, x, y, width, height, *, series=0, title=""):
        self.shapes.append(
            {
                "kind": "rect",
                "x": _n(x),
                "y": _n(y),
                "width": _n(max(width, 0)),
                "height": _n(max(height, 0)),
                "series": series,
                "fill": FILLS[series % len(FILLS)],
                "title": title,
            }
        )

    def line(self, d, css="grid", stroke=GRID, width="1", dash=""):
        self.shapes.append(
            {"kind": "path", "d": d, "css": css, "stroke": stroke, "width": width, "dash": dash}
        )

    def dot(self, x, y, series, title=""):
        self.shapes.append(
            {
                "kind": "circle",
                "x": _n(x),
                "y": _n(y),
                "series": series,
                "fill": STROKES[series % len(STROKES)],
                "title": title,
            }
        )

    def text(self, x, y, words, anchor="start", *, faint=False, bold=False, size=13):
        self.shapes.append(
            {
                "kind": "text",
                "x": _n(x),
                "y": _n(y),
                "words": str(words),
                "anchor": anchor,
                "fill": FAINT if faint else INK,
                "faint": faint,
                "bold": bold,
                "size": str(size),
            }
        )


def bars(title, items, *, note="", unit="", highest=None, height=220, width=WIDTH, key=""):
    """Upright bars, one an item: `items` are (label, value) or (label, value, url), a dozen or so."""
    items = [(*item, "")[:3] for item in items]
    chart = Chart(title, _said(items, unit), width, height, note, key and f"chart-{key}")
    top, bottom = 22, height - 26
    highest = highest or _round_up(max((value or 0 for _label, value, _url in items), default=0))
    step = (width - 20) / max(len(items), 1)
    for index, (label, value, _url) in enumerate(items):
        x = 10 + index * step
        if value is not None:
            tall = (bottom - top) * float(value) / highest
            chart.rect(x + step * 0.15, bottom - tall, step * 0.7, tall, title=f"{label}: {shown(value)}")
        chart.text(
            x + step / 2,
            bottom - (bottom - top) * float(value or 0) / highest - 5,
            shown(value),
            "middle",
            size=12,
        )
        chart.text(x + step / 2, height - 8, label, "middle", faint=True, size=12)
    chart.line(f"M10 {_n(bottom)}H{_n(width - 10)}", "axis", EDGE)
    chart.head = ["", unit or _("Number")]
    chart.rows = [{"label": label, "values": [shown(value)], "url": url} for label, value, url in items]
    return chart


def stacked(title, categories, series, *, note="", unit="", key=""):
    """Lying bars with pieces: `series` are (name, values), one value a category (age band × sex, say)."""
    series = [(name, list(values)) for name, values in series]
    totals = [sum(values[i] or 0 for _name, values in series) for i in range(len(categories))]
    chart = Chart(
        title,
        _said(zip(categories, totals, strict=True), unit),
        WIDTH,
        16 + 34 * len(categories),
        note,
        key and f"chart-{key}",
    )
    left, right = 128, WIDTH - 64
    highest = max(totals, default=0) or 1
    for row, label in enumerate(categories):
        x, y = left, 8 + 34 * row
        _label(chart, left - 10, y + 17, label)
        for number, (name, values) in enumerate(series):
            value = values[row]
            if value:
                wide = (right - left) * float(value) / highest
                chart.rect(x, y, wide, 24, series=number, title=f"{label}, {name}: {shown(value)}")
                x += wide
        chart.text(x + 8, y + 17, shown(totals[row]), bold=True)
    chart.line(f"M{left} 2V{_n(chart.height - 4)}", "axis", EDGE)
    chart.key = _key([name for name, _values in series])
    chart.head = ["", *(name for name, _values in series), _("Total")]
    chart.rows = [
        {
            "label": label,
            "values": [*(shown(values[row]) for _name, values in series), shown(totals[row])],
            "url": "",
        }
        for row, label in enumerate(categories)
    ]
    return chart


def targets(title, rows, *, note="", key=""):
    """Targets against actuals: `rows` are (label, target, actual[, url]), each on its own scale."""
    rows = [(*row, "")[:4] for row in rows]
    said = "; ".join(
        _("%(label)s: %(actual)s of %(target)s")
        % {"label": label, "actual": shown(actual), "target": shown(target)}
        for label, target, actual, _url in rows
    )
    chart = Chart(title, said, WIDTH, 10 + 44 * len(rows), note, key and f"chart-{key}")
    left, right = 210, WIDTH - 110
    for number, (label, target, actual, _url) in enumerate(rows):
        y = 8 + 44 * number
        highest = max(float(target or 0), float(actual or 0)) or 1
        _label(chart, left - 12, y + 18, label, letters=25)
        chart.line(f"M{left} {_n(y + 13)}H{right}", "grid", GRID, "14")
        if actual is not None:
            chart.rect(
                left, y + 6, (right - left) * float(actual) / highest, 14, title=f"{label}: {shown(actual)}"
            )
        if target is not None:
            x = left + (right - left) * float(target) / highest
            chart.line(f"M{_n(x)} {_n(y)}V{_n(y + 26)}", "target", INK, "2.5")
        chart.text(right + 10, y + 18, f"{shown(actual)} / {shown(target)}")
    chart.key = [
        {"kind": "bar", "series": 0, "fill": FILLS[0], "name": _("actual")},
        {"kind": "target", "series": 0, "fill": INK, "name": _("target")},
    ]
    chart.head = ["", _("Target"), _("Actual")]
    chart.rows = [
        {"label": label, "values": [shown(target), shown(actual)], "url": url}
        for label, target, actual, url in rows
    ]
    return chart


def line(title, labels, series, *, note="", unit="", key=""):
    """Lines over time: `series` are (name, values) with one value a label; a None breaks the line."""
    series = [(name, list(values)) for name, values in series]
    said = "; ".join(f"{name}: {', '.join(shown(value) for value in values)}" for name, values in series)
    chart = Chart(title, said, WIDTH, 260, note, key and f"chart-{key}")
    left, right, top, bottom = 52, WIDTH - 20, 14, 226
    highest = _round_up(max((value or 0 for _name, values in series for value in values), default=0))
    for quarter in range(5):
        y = bottom - (bottom - top) * quarter / 4
        chart.line(
            f"M{left} {_n(y)}H{right}", "axis" if quarter == 0 else "grid", EDGE if quarter == 0 else GRID
        )
        if highest * quarter % 4 == 0:
            chart.text(left - 8, y + 4, shown(highest * quarter // 4), "end", faint=True, size=12)
    step = (right - left - 20) / max(len(labels) - 1, 1)
    every = -(-len(labels) // 12)
    for index, label in enumerate(labels):
        if index % every == 0:
            chart.text(left + 10 + index * step, 246, label, "middle", faint=True, size=12)
    for number, (name, values) in enumerate(series):
        points = [
            None
            if value is None
            else (left + 10 + i * step, bottom - (bottom - top) * float(value) / highest)
            for i, value in enumerate(values)
        ]
        chart.line(_path(points), f"line line-{number}", STROKES[number % 6], "2.5", DASHES[number % 6])
        for point, label, value in zip(points, labels, values, strict=True):
            if point:
                chart.dot(*point, number, f"{name}, {label}: {shown(value)}")
    chart.key = (
        [
            {"kind": "line", "series": n, "fill": STROKES[n % 6], "dash": DASHES[n % 6], "name": name}
            for n, (name, _values) in enumerate(series)
        ]
        if len(series) > 1
        else []
    )
    chart.head = ["", *(name for name, _values in series)]
    chart.rows = [
        {"label": label, "values": [shown(values[i]) for _name, values in series], "url": ""}
        for i, label in enumerate(labels)
    ]
    return chart


def small_multiples(panels, *, unit="", key=""):
    """The same small bar chart for several years or places, on one scale: `panels` are (title, items)."""
    panels = [(title, list(items)) for title, items in panels]
    highest = _round_up(max((item[1] or 0 for _title, items in panels for item in items), default=0))
    return [
        bars(title, items, unit=unit, highest=highest, height=150, width=320, key=key and f"{key}-{number}")
        for number, (title, items) in enumerate(panels, start=1)
    ]


def panelled(title, labels, series, *, unit="", key=""):
    """What small multiples have in common: their title, what they say, and one table of all of them."""
    said = "; ".join(f"{name}: {', '.join(shown(value) for value in values)}" for name, values in series)
    chart = Chart(title, f"{unit}. {said}" if unit else said, WIDTH, 0, id=key and f"chart-{key}")
    chart.head = ["", *labels]
    chart.rows = [
        {"label": name, "values": [shown(value) for value in values], "url": ""} for name, values in series
    ]
    return chart


def shown(value):
    """Write a number as the language writes it; what is not known is an en dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    places = 0 if value == int(value) else 1
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def _said(items, unit):
    parts = [f"{item[0]}: {shown(item[1])}" for item in items]
    return f"{unit}. {'; '.join(parts)}" if unit else "; ".join(parts)


def _key(names):
    return [
        {"kind": "bar", "series": n, "fill": FILLS[n % len(FILLS)], "name": name}
        for n, name in enumerate(names)
    ]


def _label(chart, x, y, label, letters=18):
    """Write a label right-aligned before a bar, on two lines when it is long."""
    first, rest = str(label), ""
    if len(first) > letters:
        cut = first.rfind(" ", 0, letters + 1)
        if cut > 0:
            first, rest = first[:cut], first[cut + 1 :]
    if not rest:
        chart.text(x, y, _cut(first, letters + 4), "end")
        return
    chart.text(x, y - 7, first, "end", size=12)
    chart.text(x, y + 7, _cut(rest, letters + 4), "end", size=12)


def _cut(words, letters):
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def _path(points):
    parts, pen_down = [], False
    for point in points:
        if point:
            parts.append(f"{'L' if pen_down else 'M'}{_n(point[0])} {_n(point[1])}")
        pen_down = point is not None
    return "".join(parts)


def _round_up(value):
    """Return the next 1, 2, 4, 5 or 10 times a power of ten at or above `value`."""
    power = 1
    while power * 10 < value:
        power *= 10
    for times in (1, 2, 4, 5, 10):
        if power * times >= value:
            return power * times
    return power * 10


def _n(value):
    """Write a coordinate with a full stop whatever the language, and no more than one decimal."""
    return f"{value:.1f}".removesuffix(".0")
