"""A donor report of some 40 pages, six charts and maps beside bare WeasyPrint on its final HTML (goal: at most 1.15
times), and annexes that grow: laid out by one process and by all."""

import datetime as dt
import io
import os
import resource
import statistics
import time

import pikepdf
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition import pdf
from projects.models import Project
from projects.reports import annexes, paper, registry
from projects.reports import blocks as b
from projects.reports import document as documents

DEMONSTRATION = True
ROWS = (500, 2_000, 10_000)
MADE_ON = dt.date(2026, 1, 15)
PERIOD = (dt.date(2019, 1, 1), dt.date(2021, 12, 31))
DRAWN = ("bars", "stacked", "panels", "targets")


def run():
    """Return ratios: the whole report to bare layout, annexes to the smallest one, many processes to one."""
    project = Project.objects.select_related("lead").get(code="QTE-GD2")
    document = _whole(project)
    html, css = _html(document), paper.css(document)
    content = paper.make(document)
    cpu = _processor_seconds(
        {
            "data": lambda: _whole(project),
            "template": lambda: _html(document),
            "bare": lambda: pdf.render(html, css=css),
            "all": lambda: paper.make(_whole(project)),
        }
    )
    blocks = [block for section in document["sections"] for block in section["blocks"]]
    figures = {
        "pages": len(pikepdf.open(io.BytesIO(content)).pages),
        "charts": sum(block["type"] in DRAWN for block in blocks),
        "maps": sum(block["type"] == "map" for block in blocks),
        "report / bare WeasyPrint (CPU, aim 1.15)": round(cpu["all"] / cpu["bare"], 2),
        "data and template, % of the whole (aim 10)": round(
            100 * (cpu["data"] + cpu["template"]) / cpu["all"], 1
        ),
        "statements of a report (aim 25)": _statements(project),
        "peak memory of the report, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    return figures | _annexes()


def _processor_seconds(members, rounds=2):
    """Return name → median seconds of the processor, each member once a round; a report takes too long for more."""
    seconds = {name: [] for name in members}
    for _round in range(rounds):
        for name, member in members.items():
            begun = time.process_time()
            member()
            seconds[name].append(time.process_time() - begun)
    return {name: statistics.median(each) for name, each in seconds.items()}


def _whole(project):
    """Return one document of three reports over the same years: two of the project, one of the whole coalition."""
    first, *others = (
        documents.build(registry.Scope(about, *PERIOD, "vi"), template, title="Bench", made_on=MADE_ON)
        for about, template in ((project, "PROJECT"), (None, "ANNUAL"), (project, "CHILD-INGO"))
    )
    more = [
        {**section, "code": f"{document['template']}-{section['code']}".lower()}
        for document in others
        for section in document["sections"]
    ]
    return {**first, "sections": first["sections"] + more}


def _html(document):
    body, found = annexes.taken_out(document)
    return paper.html(body, in_text=found)


def _statements(project):
    with CaptureQueriesContext(connection) as asked:
        documents.build(registry.Scope(project, *PERIOD, "vi"), "PROJECT", title="Bench", made_on=MADE_ON)
    return len(asked)


def _annexes():
    """Return how the time of an annex grows with its rows, and what a process for each core saves."""
    few, some, many = ROWS
    alone = {rows: _seconds(_annex(rows), workers=1) for rows in (few, some)}
    together = {rows: _seconds(_annex(rows), workers=None) for rows in (some, many)}
    return {
        f"time a row, {some} to {few} rows, one process (aim 1)": round(
            alone[some] / alone[few] * few / some, 2
        ),
        f"time a row, {many} to {some} rows, {os.cpu_count()} processes (aim 1)": round(
            together[many] / together[some] * some / many, 2
        ),
        f"one process / {os.cpu_count()} processes, {some} rows (aim 1.7)": round(
            alone[some] / together[some], 2
        ),
        "load of the machine meanwhile": round(os.getloadavg()[0], 1),
        "peak memory of a process that lays out pieces, MB": resource.getrusage(
            resource.RUSAGE_CHILDREN
        ).ru_maxrss
        // 1024,
        "peak memory of the process that joins them, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        // 1024,
    }


def _seconds(document, workers):
    begun = time.monotonic()
    paper.make(document, workers=workers)
    return time.monotonic() - begun


def _annex(rows):
    """Return a document of one table with so many rows as the log has them."""
    columns = [
        ("Ngày", "date", 13),
        ("Hoạt động", "text", 46),
        ("Loại", "text", 16),
        ("Nơi", "text", 15),
        ("Số", "number", 10),
    ]
    lines = [
        [
            "2020-03-05",
            f"Tập huấn thúc đẩy quyền trẻ em trong kinh doanh, lớp số {n}",
            "Tập huấn",
            "Hà Nội",
            n % 90,
        ]
        for n in range(rows)
    ]
    section = {
        "number": "1", "code": "s1", "title": "Hoạt động", "language": "vi", "written": "",
        "blocks": [b.table("Hoạt động", columns, lines)],
    }  # fmt: skip
    return {
        "format": 2, "title": "Bench", "language": "vi", "languages": ["vi"], "template": "PROJECT", "generation": 34,
        "lead": "", "covers": [], "base": "http://localhost", "period": ["2020-01-01", "2020-12-31"],
        "period_words": "2020", "made_on": MADE_ON.isoformat(), "sections": [section],
    }  # fmt: skip
