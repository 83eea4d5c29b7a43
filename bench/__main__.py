"""Run the benchmarks: python -m bench [NAME …], best through `make bench`, which brings a PostgreSQL.

Each module with a `run()` is one. It runs in a process of its own, on a copy of one empty database, so that
none disturbs another; a module that says DEMONSTRATION = True gets the demonstration into it. Only ratios of
one run mean anything: what is compared is measured in turns (bench/turns.py).
"""

import importlib
import io
import json
import os
import pkgutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import bench
from bench.databases import copy

BASE = "bench_base"


def main(wanted):
    """Prepare one database, then run each benchmark on a copy of it."""
    copy(BASE)
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=on(BASE), check=True)
    failed = []
    for name in wanted or names():
        copy(f"bench_{name}", BASE)
        if subprocess.run(
            [sys.executable, "-m", "bench", "--alone", name], env=on(f"bench_{name}"), check=False
        ).returncode:
            failed.append(name)
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def names():
    """Return the names of all benchmarks."""
    found = [
        module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")
    ]
    return [
        name for name in found if "\ndef run(" in Path(bench.__path__[0], f"{name}.py").read_text("utf-8")
    ]


def on(database):
    """Return the environment in which the portal uses this database of the same server."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    return {"LOG_LEVEL": "WARNING", **os.environ, "DATABASE_URL": address}


def alone(name):
    """Run one benchmark here, show its figures and keep them in var/bench/."""
    from django.core.management import call_command

    benchmark = importlib.import_module(f"bench.{name}")
    if getattr(benchmark, "DEMONSTRATION", False):
        call_command("demo", verbosity=0, stdout=io.StringIO())
    print(f"\n{name}: {benchmark.__doc__.splitlines()[0]}", flush=True)
    begun = time.monotonic()
    result = benchmark.run()
    show(result)
    print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
    kept = Path(bench.__path__[0]).parent / "var" / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{name}.json").write_text(json.dumps(result, indent=1, default=str), encoding="utf-8")


def show(result):
    """Print a dict or a list of dicts as aligned lines."""
    rows = (
        result if isinstance(result, list) else [{"what": name, "": value} for name, value in result.items()]
    )
    texts = [{name: written(value) for name, value in row.items()} for row in rows]
    columns = list(texts[0]) if texts else []
    widths = [max(len(name), *(len(row.get(name, "")) for row in texts)) for name in columns]
    for row in [dict(zip(columns, columns, strict=True)), *texts]:
        cells = [row.get(name, "").ljust(width) for name, width in zip(columns, widths, strict=True)]
        print(f"  {'  '.join(cells).rstrip()}")


def written(value):
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings")
    if sys.argv[1:2] == ["--alone"]:
        import django

        django.setup()
        alone(sys.argv[2])
    else:
        main(sys.argv[1:])
