"""Run the benchmarks: python -m bench [NAME …]. Each module with a `run()` is one; it returns lines to print.

Only ratios of one run mean anything: what is compared is measured in turns (bench/turns.py).
"""

import importlib
import json
import os
import pkgutil
import sys
import time
from pathlib import Path

import django

import bench


def main(wanted):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    django.setup()
    results = {}
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name.startswith("_") or (wanted and module.name not in wanted):
            continue
        benchmark = importlib.import_module(f"bench.{module.name}")
        if not hasattr(benchmark, "run"):
            continue
        print(f"\n{module.name}: {benchmark.__doc__.splitlines()[0]}", flush=True)
        begun = time.monotonic()
        results[module.name] = benchmark.run()
        show(results[module.name])
        print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
    target = Path(os.environ.get("VAR_DIR", "var")) / "bench.json"
    target.write_text(json.dumps(results, indent=1, default=str), encoding="utf-8")


def show(result):
    """Print a dict or a list of dicts as aligned lines."""
    rows = (
        result if isinstance(result, list) else [{"what": name, "": value} for name, value in result.items()]
    )
    texts = [{name: written(value) for name, value in row.items()} for row in rows]
    names = list(texts[0]) if texts else []
    widths = [max(len(name), *(len(row.get(name, "")) for row in texts)) for name in names]
    for row in [dict(zip(names, names, strict=True)), *texts]:
        print(
            "  "
            + "  ".join(
                row.get(name, "").ljust(width) for name, width in zip(names, widths, strict=True)
            ).rstrip()
        )


def written(value):
    return (
        f"{value:.3g}"
        if isinstance(value, float) and abs(value) < 1000
        else f"{value:,.0f}"
        if isinstance(value, float)
        else str(value)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
