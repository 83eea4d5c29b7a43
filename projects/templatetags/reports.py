"""Shows the blocks of a report, the same way in the browser's preview and in the PDF."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from coalition import charts
from coalition.reference import map as provinces
from projects.reports import cleaning, document

register = template.Library()

CELL_CSS = {"number": "num", "money": "num", "date": "day"}
SHOWN_BEFORE_ANNEX = 20  # rows of a long table in the text; all of them stand in its annex


@register.simple_tag
def written(section):
    """Show what the coordinator wrote; cleaned once more, whatever the snapshot says."""
    return mark_safe(cleaning.clean_html(section["written"]))


@register.simple_tag(takes_context=True)
def show_block(context, block, section, *numbers):
    """Render one block of a section (projects/reports/blocks.py) in the section's language."""
    paper, language = context.get("paper", False), section["language"]
    inside = {
        "block": block,
        "paper": paper,
        "base": context.get("base", ""),
        "request": context.get("request"),
    }
    kind = block["type"]
    if kind in ("bars", "stacked", "targets", "map"):
        drawn = _drawing(block, "-".join(map(str, numbers)), language)
        name = f"reports/blocks/{'map' if kind == 'map' else 'chart'}_{'paper' if paper else 'page'}.html"
        return mark_safe(render_to_string(name, {**inside, "map" if kind == "map" else "chart": drawn}))
    if kind == "figure":
        inside["value"] = document.show(block["value"], "number", language)
    if kind == "photos":
        shown = context.get("shown", ())
        inside["pictures"] = [(file, caption, file in shown) for file, caption in block["items"]]
    if kind == "bullets":
        inside["items_shown"] = block["items"]
    if kind == "table":
        rows = block["rows"][:SHOWN_BEFORE_ANNEX] if block.get("annex") else block["rows"]
        inside["cut"] = len(block["rows"]) if len(rows) < len(block["rows"]) else 0
        inside["rows"] = [_cells(row, block["columns"], language) for row in rows]
    return mark_safe(render_to_string(f"reports/blocks/{kind}.html", inside))


def _cells(row, columns, language):
    return [
        {
            "text": document.show(cell, column["kind"], language),
            "label": column["label"],
            "css": CELL_CSS.get(column["kind"], ""),
        }
        for cell, column in zip(row, columns, strict=True)
    ]


def _drawing(block, key, language):
    """Return what the chart or map templates draw, under ids that depend on nothing but the place in the report."""
    if block["type"] == "bars":
        return charts.bars(
            block["title"], [tuple(pair) for pair in block["pairs"]], unit=block["unit"], key=key
        )
    if block["type"] == "stacked":
        return charts.stacked(block["title"], block["labels"], block["series"], unit=block["unit"], key=key)
    if block["type"] == "targets":
        return charts.targets(block["title"], [tuple(row) for row in block["rows"]], key=key)
    return provinces.build(
        block["values"],
        generation=block["generation"],
        language=language,
        title=block["title"],
        unit=block["unit"],
        key=key,
    )
