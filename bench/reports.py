"""A donor report beside bare WeasyPrint on its final HTML (goal: total at most 1.15 times), and annexes that grow."""

import datetime as dt
import resource
import time

from coalition import pdf
from projects.models import Activity, Project
from projects.reports import document as documents
from projects.reports import paper, registry

DEMONSTRATION = True
ROWS = (250, 500, 1000)
MADE_ON = dt.date(2026, 1, 15)


def _seconds(work):
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def _whole(scope):
    return paper.make(documents.build(scope, "PROJECT", title="Bench", made_on=MADE_ON))


def run():
    """Return ratios of CPU seconds: the whole report to bare layout, and annexes to the smallest one."""
    project = Project.objects.order_by("-starts_on").first()
    scope = registry.Scope(project, dt.date(2019, 1, 1), dt.date(2021, 12, 31), "vi")
    _whole(scope)  # imports and fonts are paid once
    html = paper.html(documents.build(scope, "PROJECT", title="Bench", made_on=MADE_ON))
    css = paper.PRINT_CSS.read_text(encoding="utf-8")
    bare, _content = _seconds(lambda: pdf.render(html, css=css))
    whole, _content = _seconds(lambda: _whole(scope))
    figures = {"report / bare WeasyPrint (CPU)": round(whole / bare, 2)}
    annexes = {rows: _seconds(lambda rows=rows: pdf.render(_annex(rows), css=css))[0] for rows in ROWS}
    for rows in ROWS[1:]:
        figures[f"annex of {rows} rows / {ROWS[0]} rows, per row (aim 1)"] = round(
            annexes[rows] / annexes[ROWS[0]] * ROWS[0] / rows, 2
        )
    figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def _annex(rows):
    """Return a document of one table with so many rows of the log's own words."""
    titles = list(Activity.objects.order_by("pk").values_list("title", flat=True)[:100]) or ["Hoạt động"]
    body = "".join(
        f"<tr><td>{n}</td><td>{titles[n % len(titles)]}</td><td>Hà Nội</td><td>{n % 90}</td></tr>"
        for n in range(rows)
    )
    columns = '<colgroup><col class="w10"><col class="w60"><col class="w20"><col class="w10"></colgroup>'
    return f'<html lang="vi"><head><title>x</title></head><body><table>{columns}<tbody>{body}</tbody></table></body></html>'
