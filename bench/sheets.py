"""Spreadsheets: 100,000 activities written as CSV and XLSX, 5,000 rows read and written: goals G8–G10.

Each export runs in a process of its own, so that the growth of its memory is its own. ROWS=10000 for a smaller look.
"""

import csv
import io
import multiprocessing
import os
import resource
import tempfile
import time
from types import SimpleNamespace

import xlsxwriter
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery, Sum
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

DEMONSTRATION = True
ROWS = int(os.environ.get("ROWS", "100000"))
IMPORTED = 5000


def run():
    """Return a row per job: seconds, ratio to the bare way, first byte, growth of memory, statements."""
    call_command("scale_data", activities=ROWS, organisations=500, seed=1, stdout=io.StringIO())
    jobs = {
        "csv, bare values": csv_of_values, "csv, bare ORM objects": csv_of_objects, "csv": our_csv,
        "csv, import-export": shelf_csv,
        "xlsx, bare xlsxwriter": bare_xlsx, "xlsx": our_xlsx,
    }  # fmt: skip
    measured = {name: alone(job) for name, job in jobs.items()}
    rows = []
    for name, found in measured.items():
        bare = measured["csv, bare ORM objects" if name.startswith("csv") else "xlsx, bare xlsxwriter"]
        rows.append({
            "job": f"{name}, {ROWS} rows", "cpu s": found["cpu"], "ratio": found["cpu"] / bare["cpu"],
            "first byte": f"{found['first'] / found['wall']:.1%}", "MB more": found["MB"], "SQL": found["SQL"],
        })  # fmt: skip
    return [*rows, imported()]


def alone(job):
    """Run `job` in a child process; return its seconds, when the first byte was there, and its memory's growth."""
    connection.close()
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=_measured, args=(job, theirs))
    child.start()
    found = ours.recv()
    child.join()
    return found


def _measured(job, pipe):
    translation.activate("vi")
    user, reading, rows = look()
    job(user, reading, rows[:1000])  # imports and the first chunk's memory are there before
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with CaptureQueriesContext(connection) as asked:
        begun, cpu = time.perf_counter(), time.process_time()
        first = job(user, reading, rows) - begun
        wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    pipe.send({"wall": wall, "cpu": cpu, "first": first, "MB": grown, "SQL": len(asked)})


def look():
    """Return the person, the reading and the rows of the activity list as it opens."""
    from django.http import QueryDict

    from coalition.lists.reading import read
    from projects.lists import ACTIVITIES

    user = get_user_model().objects.get(email="coordinator@example.org")
    reading = read(SimpleNamespace(GET=QueryDict(), path="/activities/", user=user), ACTIVITIES)
    return user, reading, ACTIVITIES.narrowed(reading, user)


def bare_csv(rows):
    first = None
    with tempfile.TemporaryFile("w", encoding="utf-8") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow(row)
            first = first or time.perf_counter()
    return first


def csv_of_objects(_user, _reading, rows):
    return bare_csv(objects(rows))


def csv_of_values(_user, _reading, rows):
    return bare_csv(values(rows))


def our_csv(_user, reading, rows):
    from coalition.lists import exports
    from projects.lists import ACTIVITIES

    first = None
    with tempfile.TemporaryFile() as file:
        for piece in exports.csv_lines(ACTIVITIES, reading.columns, rows):
            first = first or time.perf_counter()
            file.write(piece)
    return first


def shelf_csv(_user, _reading, rows):
    from bench.off_the_shelf import ShelfResource

    with tempfile.TemporaryFile() as file:
        counted = plain(rows).select_related("lead", "province")
        file.write(ShelfResource().export(counted).csv.encode())
    return time.perf_counter()


def bare_xlsx(_user, _reading, rows):
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(
            file, {"constant_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_urls": False}
        )
        sheet = book.add_worksheet()
        for number, row in enumerate(values(rows)):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
        book.close()
    return time.perf_counter()


def our_xlsx(user, reading, rows):
    from coalition.lists import exports
    from projects.lists import ACTIVITIES

    facts = exports.facts_of(ACTIVITIES, reading, user, timezone.localtime())
    exports.xlsx_file(ACTIVITIES, reading.columns, rows, facts).close()
    return time.perf_counter()


def plain(rows):
    """Return the newest so many activities and the people counted, in one statement, as somebody would write it."""
    from projects.models import Activity, Participation

    counted = Participation.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    people = Subquery(counted.annotate(total=Sum("count")).values("total"))
    return Activity.objects.annotate(people=people).order_by("-starts_on", "-pk")[: rows.query.high_mark]


def objects(rows):
    """Yield the cells of the list's columns from the ORM's objects, without any words for their codes."""
    found = plain(rows).select_related("lead", "province").only(
        "starts_on", "title", "kind", "state", "lead__short_name", "province__name_vi"
    )  # fmt: skip
    for row in found.iterator(chunk_size=1000):
        place = row.province.name_vi if row.province else ""
        yield row.starts_on, row.title, row.kind, row.state, row.lead.short_name, place, row.people


def values(rows):
    """Yield the same cells straight from the cursor: no object, no words, no check."""
    columns = ("starts_on", "title", "kind", "state", "lead__short_name", "province__name_vi", "people")
    return plain(rows).values_list(*columns).iterator(chunk_size=1000)


def imported():
    """Look at a sheet of 5,000 rows and write it, as two requests do, beside bare bulk_create of the same."""
    from projects import imports

    sheet = io.BytesIO(_sheet().encode())
    sheet.size = len(sheet.getvalue())
    user = get_user_model().objects.get(email="staff@example.org")
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            cpu = time.process_time()
            imports.plan(imports.read(sheet))
            found = imports.plan(imports.read(sheet))
            new, _changed = imports.write(found, by=user)
            cpu = time.process_time() - cpu
        assert new == IMPORTED
        bare = _bare(found)
        transaction.set_rollback(True)
    return {"job": f"import, {new} rows", "cpu s": cpu, "ratio": cpu / bare, "first byte": "", "MB more": "", "SQL": len(asked)}  # fmt: skip


def _sheet():
    from projects.resources import COLUMNS, ActivityResource

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(ActivityResource.fields[column].column_name) for column in COLUMNS])
    for number in range(IMPORTED):
        values = {
            "external_key": f"bench-{number}", "title": f"Tập huấn số {number}", "kind": "tập huấn", "starts_on": "05/03/2019",
            "lead": "MSD", "province": "Hà Nội", "women": number % 40, "men": number % 30,
            "summary": "Người tham gia trao đổi và thống nhất việc cần làm.",
        }  # fmt: skip
        writer.writerow([values.get(column, "") for column in COLUMNS])
    return out.getvalue()


def _bare(found):
    """Write the same activities and counts with nothing but bulk_create; return the seconds."""
    from projects.models import Activity, Participation

    cpu = time.process_time()
    rows = [
        Activity(
            title=line.activity.title, kind=line.activity.kind, starts_on=line.activity.starts_on,
            lead_id=line.activity.lead_id, province_id=line.activity.province_id, summary=line.activity.summary,
        )
        for line in found.lines
    ]  # fmt: skip
    Activity.objects.bulk_create(rows, batch_size=1000)
    Participation.objects.bulk_create(
        (
            Participation(activity=row, group="other", sex=sex, age="18+", count=line.counts[name])
            for row, line in zip(rows, found.lines, strict=True)
            for name, sex in (("women", "female"), ("men", "male"))
        ),
        batch_size=5000,
    )
    return time.process_time() - cpu
