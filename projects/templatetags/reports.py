"""Shows the blocks of a report, the same way in the browser's preview and in the PDF."""

from itertools import zip_longest
from textwrap import shorten

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from projects.reports import cleaning, document, drawings, pictures, tables

register = template.Library()

CELL_CSS = {"number": "num", "money": "num", "date": "day"}
SHORT = 8  # rows; a table of so few, with so little in them, stays on one page
LITTLE = 700  # signs


@register.simple_tag
def written(section):
    """Show what the coordinator wrote; cleaned once more, whatever the snapshot says."""
    return mark_safe(cleaning.clean_html(section["written"]))


@register.filter
def in_one_line(words, size):
    """Cut words to about `size` signs: as much as the head of a page holds in one line."""
    return (
        shorten(words, size, placeholder="…")
        if len(words.split(" ", 1)[0]) < size
        else f"{words[: size - 1]}…"
    )


@register.simple_tag
def pairs(report):
    """Return (section, twin) of a report; the twin is None where the report is in one language."""
    return document.pairs(report)


@register.simple_tag
def couples(section, twin):
    """Return (block, twin) of a section; the same rows are led to once, where they are named first."""
    seen, found = set(), []
    for block, other in document.paired_blocks(section, twin):
        path = (block or {}).get("path")
        known = path in seen and block["type"] == "table"
        seen.add(path)
        found.append(({**block, "path": ""} if known else block, other))
    return found


@register.simple_tag(takes_context=True)
def show_pair(context, block, other, section, twin, *numbers):
    """Render a block, beside it the same in the other language: tables row by row, photos only once."""
    if not other or not block:
        return show_block(context, block or other, section if block else twin, *numbers)
    if block["type"] == "table" and len(block["rows"]) == len(other["rows"]):
        return _table(context, [(block, section["language"]), (other, twin["language"])])
    if block["type"] == "photos":
        return show_block(context, block, section, *numbers)
    sides = [
        {"language": part["language"], "html": show_block(context, each, part, *numbers, part["language"])}
        for each, part in ((block, section), (other, twin))
    ]
    return mark_safe(render_to_string("reports/blocks/pair.html", {"sides": sides, "kind": block["type"]}))


@register.simple_tag(takes_context=True)
def show_block(context, block, section, *numbers):
    """Render one block of a section (projects/reports/blocks.py) in the section's language."""
    language, kind = section["language"], block["type"]
    if kind == "table":
        return _table(context, [(block, language)])
    inside = {
        "block": block,
        "paper": context.get("paper", False),
        "base": context.get("base", ""),
        "request": context.get("request"),
        "finished": context.get("finished", False),
    }
    if kind in drawings.DRAWN:
        inside |= drawings.of(block, "-".join(map(str, numbers)), language)
        kind = f"{'map' if kind == 'map' else 'chart'}_{'paper' if inside['paper'] else 'page'}"
    elif kind == "figure":
        inside["value"] = document.show(block["value"], "number", language)
    elif kind == "bullets":
        inside["items_shown"] = block["items"]
    elif kind == "photos":
        shown = context.get("shown") or {}
        inside["pictures"] = [
            (file, caption, file in shown, pictures.story(shown.get(file)))
            for file, caption in block["items"]
        ]
    with override(language):
        return mark_safe(render_to_string(f"reports/blocks/{kind}.html", inside))


def _table(context, sides):
    """Render a table in one language, or in two whose columns stand side by side."""
    first = sides[0][0]
    columns, rows = [], []
    for place, (block, language) in enumerate(sides):
        columns += [
            {
                **column,
                "width": width,
                "language": language if place else "",
                "css": f"{CELL_CSS.get(column['kind'], '')}{' half' if place and not number else ''}".strip(),
            }
            for number, (column, width) in enumerate(
                zip(block["columns"], tables.widths(block["columns"], len(sides)), strict=True)
            )
        ]
    for lines in zip_longest(*(block["rows"] for block, _language in sides)):
        cells = [
            document.show(cell, column["kind"], language)
            for line, (block, language) in zip(lines, sides, strict=True)
            for cell, column in zip(line, block["columns"], strict=True)
        ]
        rows.append(
            [
                {"text": cell, "label": column["label"], "css": column["css"], "language": column["language"]}
                for cell, column in zip(cells, columns, strict=True)
            ]
        )
    inside = {
        "titles": [(block["title"], language) for block, language in sides if block["title"]],
        "notes": [(block["note"], language) for block, language in sides if block["note"]],
        "annexes": [
            (block["title"], block["annex"], language) for block, language in sides if block.get("annex")
        ],
        "block": first,
        "columns": columns,
        "rows": [] if first.get("annex") else rows,
        "is_short": len(rows) <= SHORT and sum(len(cell["text"]) for row in rows for cell in row) <= LITTLE,
        "paper": context.get("paper", False),
        "base": context.get("base", ""),
        "request": context.get("request"),
    }
    with override(sides[0][1]):
        return mark_safe(render_to_string("reports/blocks/table.html", inside))
