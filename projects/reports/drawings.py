"""The drawings of a report: what the templates of charts and maps draw, and the same as pictures for Word."""

from django.template.loader import render_to_string
from django.utils.translation import override

from coalition import charts, rasters
from coalition.reference import map as provinces

DRAWN = ("bars", "stacked", "panels", "targets", "map")


def of(block, key, language):
    """Return what the chart or map templates draw, under ids that depend on nothing but the place in the report."""
    with override(language):
        if block["type"] == "map":
            drawn = provinces.build(
                block["values"],
                generation=block["generation"],
                language=language,
                title=block["title"],
                unit=block["unit"],
                key=key,
            )
            return {"map": {**drawn, "alt": f"{drawn['title']}. {drawn['description']}"}}
        drawn, parts = _chart(block, key)
    drawn.alt = f"{drawn.title}. {drawn.description}"
    return {"chart": drawn, "panels": parts, "is_across": block["type"] in ("bars", "panels")}


def picture(block, language):
    """Return (PNG, the words that stand for it) of a drawing with its key."""
    found = of(block, "x", language)
    with override(language):
        if "map" in found:
            drawn = found["map"]
            svg = render_to_string("components/map_svg.html", {"map": drawn, "paper": True})
            key = [(entry["fill"], entry["words"]) for entry in drawn["key"]]
            return rasters.png([("", svg)], key=key), drawn["alt"]
        chart, panels = found["chart"], found["panels"]
        parts = [
            (
                part.title if panels else "",
                render_to_string("components/chart_svg.html", {"chart": part, "paper": True}),
            )
            for part in panels or [chart]
        ]
        key = [("" if entry["kind"] == "target" else entry["fill"], entry["name"]) for entry in chart.key]
        return rasters.png(parts, key=key, columns=2 if panels else 1), chart.alt


def _chart(block, key):
    """Return (chart, small charts): of small multiples the whole is only their title, words and table."""
    if block["type"] == "bars":
        items = [tuple(pair) for pair in block["pairs"]]
        return charts.bars(block["title"], items, unit=block["unit"], key=key), []
    if block["type"] == "targets":
        return charts.targets(block["title"], [tuple(row) for row in block["rows"]], key=key), []
    if block["type"] == "stacked":
        given = (block["title"], block["labels"], block["series"])
        return charts.stacked(*given, unit=block["unit"], key=key), []
    small = [(name, list(zip(block["labels"], values, strict=True))) for name, values in block["series"]]
    parts = charts.small_multiples(small, unit=block["unit"], key=key)
    for part in parts:
        part.alt = f"{part.title}. {part.description}"
    return charts.panelled(
        block["title"], block["labels"], block["series"], unit=block["unit"], key=key
    ), parts
