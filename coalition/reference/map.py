"""The province map as SVG: values by unit in five steps of lightness, archipelagos named, a table beside.

Pure functions: `{uid: value}` goes in, shapes for `components/map.html` come out. The shapes are made
with Natural Earth (public domain); see `data/provinces_map_paths.json`.
"""

import csv
import json
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from coalition.charts import shown
from coalition.text import sort_key

DATA = Path(__file__).resolve().parent / "data"
FILLS = ("#eceae2", "#c5ddd9", "#8fbfb8", "#4b9389", "#17706a", "#07403b")
STEPS = 5
NAMED = 6  # units whose name is written on the map: those with the highest values
ISLETS = ((-26, -12), (-9, -20), (12, -8), (24, 8), (-14, 10), (4, 22))


def build(values, *, generation=34, language="vi", title="", unit="", note="", urls=None, key=""):
    """Lay out the map of the 34 units (or the 63 of before July 2025).

    `values` maps uid to a number, or to None where a small number is hidden; a unit that is not
    named has nothing to show. `urls` maps uid to the page with the rows behind the number.
    """
    geometry, names = _geometry(), _names(language)
    shapes = geometry["p34" if generation == 34 else "p63"]
    steps = _steps(values[uid] for uid in shapes if values.get(uid))
    urls = urls or {}
    units = [_unit(uid, shape, values, steps, names) for uid, shape in shapes.items()]
    rows = sorted(
        (unit for unit in units if unit["uid"] in values),
        key=lambda row: (-(row["value"] or 0), sort_key(row["name"])),
    )
    top = _apart([row for row in rows if row["value"]])[:NAMED]
    return {
        "id": f"map-{key or generation}",
        "title": title or _("Map by province"),
        "description": _said(rows, unit),
        "note": note,
        "unit": unit,
        "viewbox": geometry["viewBox_with_archipelagos"],
        "units": units,
        "labels": [_place_label(row) for row in top],
        "insets": [_inset(inset, generation, values, steps, language) for inset in geometry["insets"]],
        "sea": _("East Sea"),
        "key": _legend(steps),
        "rows": [{**row, "url": urls.get(row["uid"], "")} for row in rows],
        "credit": _("Made with Natural Earth"),
    }


def _steps(values):
    """Return up to five lower bounds that share the values out evenly; equal values share a step."""
    ranked = sorted(values)
    if not ranked:
        return []
    distinct = sorted(set(ranked))
    if len(distinct) <= STEPS:
        return distinct
    bounds = []
    for number in range(STEPS):
        bound = ranked[number * len(ranked) // STEPS]
        if bound not in bounds:
            bounds.append(bound)
    return bounds


def _step(value, steps):
    """Return 0 for nothing, 1–5 for the step; few steps use the darker end, so that they are told apart."""
    if not value:
        return 0
    reached = sum(1 for bound in steps if value >= bound)
    return reached if len(steps) in (1, STEPS) else 1 + (reached - 1) * (STEPS - 1) // (len(steps) - 1)


def _unit(uid, shape, values, steps, names):
    value = values.get(uid)
    hidden = uid in values and value is None
    step = _step(value, steps)
    return {
        "uid": uid,
        "d": shape["d"],
        "x": shape["x"],
        "y": shape["y"],
        "name": names[uid],
        "value": value,
        "shown": _("fewer than 5") if hidden else shown(value or 0),
        "hidden": hidden,
        "step": str(step),
        "fill": FILLS[step],
    }


def _apart(units):
    """Return the units, the highest first, whose names would not be written over one another."""
    kept = []
    for unit in units:
        wide = 10.2 * len(f"{unit['name']} {unit['shown']}")
        if all(abs(unit["y"] - other["y"]) >= 22 or abs(unit["x"] - other["x"]) >= wide for other in kept):
            kept.append(unit)
    return kept


def _place_label(unit):
    """Write the name of a unit beside its point, to the sea side so that it is readable on dark fills."""
    words = f"{unit['name']} {unit['shown']}"
    return {
        "x": f"{unit['x'] + 8:.1f}",
        "y": f"{unit['y'] + 6:.1f}",
        "words": words,
        # Printers do not paint a stroke below its letters: on paper a pale plate stands behind them.
        "top": f"{unit['y'] - 11:.1f}",
        "width": f"{10.2 * len(words):.1f}",
        "dot_x": f"{unit['x']:.1f}",
        "dot_y": f"{unit['y']:.1f}",
    }


def _inset(inset, generation, values, steps, language):
    """Show an archipelago as islets in the colour of the unit it belongs to, with its name."""
    x, y = inset["x"], inset["y"]
    step = _step(values.get(inset[f"uid{generation}"]), steps)
    words = inset["label_en" if language == "en" else "label_vi"]
    return {
        "words": words,
        "step": str(step),
        "fill": FILLS[step] if step else "#55615e",
        "islets": [{"x": f"{x + dx:.1f}", "y": f"{y + dy:.1f}"} for dx, dy in ISLETS],
        "frame_x": f"{x - 60:.1f}",
        "frame_y": f"{y - 48:.1f}",
        "label_x": f"{min(x, 800 - 7 * len(words)):.1f}",
        "label_y": f"{y + 70:.1f}",
    }


def _legend(steps):
    entries = [{"step": "0", "fill": FILLS[0], "words": _("none")}]
    for number, bound in enumerate(steps):
        step = _step(bound, steps)
        above = steps[number + 1] if number + 1 < len(steps) else None
        if above is None:
            words = shown(bound) if len(steps) == 1 else _("%(number)s and more") % {"number": shown(bound)}
        elif above - bound <= 1:
            words = shown(bound)
        else:
            words = f"{shown(bound)}–{shown(above - 1)}"
        entries.append({"step": str(step), "fill": FILLS[step], "words": words})
    return entries


def _said(rows, unit):
    if not rows:
        return _("No province has anything to show yet.")
    said = "; ".join(f"{row['name']}: {row['shown']}" for row in rows)
    return f"{unit}. {said}" if unit else said


@lru_cache
def _geometry():
    return json.loads((DATA / "provinces_map_paths.json").read_text(encoding="utf-8"))


@lru_cache
def _names(language):
    with (DATA / "provinces.csv").open(encoding="utf-8", newline="") as file:
        return {row["uid"]: row["name_en" if language == "en" else "name_vi"] for row in csv.DictReader(file)}
