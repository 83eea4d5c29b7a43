"""Quarterly forms: a round of 10,000 organisations, and workbooks of 5,000 lines beside bare bulk_create."""

import datetime as dt
import io
import os
import re
import time
from pathlib import Path

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

MEMBERS = int(os.environ.get("MEMBERS", "10000"))
LINES = int(os.environ.get("LINES", "5000"))
LOGGED = 5  # activities of the quarter that each organisation has in the log
DAY = dt.date(2015, 3, 25)


def run():
    """Return statements, seconds and memory of a round, and the ratios of an import; nothing is kept."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        found = {**_rounds(), **_import()}
        transaction.set_rollback(True)
    return found


def _campaign(code):
    from campaigns.models import Campaign, Edition
    from coalition.members.models import Organisation

    lead = Organisation.objects.create(code=f"BENCH-{code}", name_vi="Tổ chức đo")
    campaign = Campaign.objects.create(
        code=f"bench-{code}", title_vi="Đo", lead=lead, starts_on=dt.date(2015, 1, 1), asks_for_forms=True
    )
    Edition.objects.create(
        campaign=campaign, title_vi="2015", starts_on=dt.date(2015, 1, 1), ends_on=dt.date(2015, 12, 31)
    )
    return campaign


def _members(number, code):
    from coalition.members.models import CoalitionPeriod, Organisation
    from coalition.records import new_public_id

    made = [
        Organisation(code=f"{code}-{n}", name_vi=f"Tổ chức {n}", public_id=new_public_id())
        for n in range(number)
    ]
    for organisation in made:
        organisation.fill_columns()
    Organisation.objects.bulk_create(made)
    CoalitionPeriod.objects.bulk_create(
        CoalitionPeriod(organisation=organisation, starts_on=dt.date(2010, 1, 1)) for organisation in made
    )
    return made


def _log(edition, members, day):
    """Let each member have logged some activities of the quarter, tagged with the campaign."""
    from coalition.records import new_public_id
    from projects.models import Activity

    made = Activity.objects.bulk_create(
        Activity(lead=member, title=f"Hoạt động {n}", starts_on=day, public_id=new_public_id())
        for member in members
        for n in range(LOGGED)
    )
    through = edition.activities.through
    through.objects.bulk_create(through(edition=edition, activity=activity) for activity in made)


def _rounds():
    """Open a round for a hundred members, then one of ten thousand, each with activities in the log."""
    from campaigns import actions
    from campaigns.models import FormLine
    from coalition.members.models import CoalitionPeriod

    found = {}
    campaign = _campaign("round")
    actions.open_round(
        campaign=campaign, year=2014, quarter=4, by=None, today=DAY
    )  # asks the first questions
    for quarter, number in ((1, 100), (2, MEMBERS)):
        CoalitionPeriod.objects.all().delete()
        _log(
            campaign.editions.get(starts_on__year=2015),
            _members(number, f"B{quarter}"),
            dt.date(2015, 3 * quarter, 1),
        )
        before = _memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted from here
        started, worked = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as statements:
            opened, issued = actions.open_round(
                campaign=campaign, year=2015, quarter=quarter, by=None, today=DAY
            )
        found[f"round of {issued} organisations, statements"] = len(statements)
        found[f"round of {issued} organisations, lines filled in"] = FormLine.objects.filter(
            form__round=opened
        ).count()
        found[f"round of {issued} organisations, seconds"] = time.perf_counter() - started
        found[f"round of {issued} organisations, seconds of the processor"] = time.process_time() - worked
        found[f"round of {issued} organisations, megabytes more"] = _memory("VmHWM") - before
    return found


def _memory(what):
    """Return what this process holds now (VmRSS) or held at most (VmHWM), in megabytes."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024


def _import():
    from campaigns import actions
    from campaigns.workbook import comparing, reading
    from coalition.members.models import CoalitionPeriod

    campaign = _campaign("import")
    CoalitionPeriod.objects.all().delete()
    organisation = _members(1, "I")[0]
    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=None, today=DAY)
    form = opened.forms.get(organisation=organisation)
    content = _workbook(form)

    started = time.perf_counter()
    read = reading.read_content(form, content)
    assert not read.mistakes, read.mistakes[:3]
    at_read = time.perf_counter()
    plan = comparing.plan(form, read.as_data())
    actions.write_plan(form, plan, by=None)
    ended = time.perf_counter()
    again = _change_all(form)
    bare = _bare(form, read)
    return {
        f"import of {LINES} lines, seconds": ended - started,
        "of which checking and reading": at_read - started,
        **again,
        "bare bulk_create of the same rows, seconds": bare,
        "import / bare bulk_create": (ended - started) / bare,
    }


def _change_all(form):
    """Send the form's own workbook back with a number changed in every line."""
    import openpyxl

    from campaigns import actions
    from campaigns.workbook import comparing, reading, writing

    form.refresh_from_db()
    started = time.perf_counter()
    content = writing.make(form)
    made = time.perf_counter() - started
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in range(2, LINES + 2):
        book.worksheets[1].cell(row, 9).value = 41
    out = io.BytesIO()
    book.save(out)

    started = time.perf_counter()
    with CaptureQueriesContext(connection) as statements:
        read = reading.read_content(form, out.getvalue())
        actions.write_plan(form, comparing.plan(form, read.as_data()), by=None)
    return {
        f"workbook of {LINES} lines, seconds to make it": made,
        f"import that changes {LINES} lines, seconds": time.perf_counter() - started,
        f"import that changes {LINES} lines, statements": len(statements),
    }


def _workbook(form):
    """Return a workbook of the form with so many new lines."""
    import openpyxl

    from campaigns.workbook import writing

    book = openpyxl.load_workbook(io.BytesIO(writing.make(form)))
    sheet = book.worksheets[1]
    for row in range(2, LINES + 2):
        values = [
            None,
            f"Hoạt động số {row}",
            "Tập huấn",
            dt.date(2015, 2, 1 + row % 28),
            None,
            None,
            "Hà Nội",
            None,
            row % 40,
            row % 30,
            None,
            5,
            4,
            None,
            "Kết quả ghi lại trong một câu.",
            None,
            None,
        ]
        for place, value in enumerate(values, start=1):
            if value is not None:
                sheet.cell(row, place).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bare(form, read):
    """Write the same activities, counts and lines with nothing but bulk_create; return the seconds."""
    from campaigns import cells
    from campaigns.models import FormLine
    from coalition.records import new_public_id
    from projects.models import Activity, Participation

    FormLine.objects.filter(form=form).delete()
    started = time.perf_counter()
    made = []
    for line in read.lines:
        activity = Activity(lead=form.organisation, public_id=new_public_id())
        cells.fill_activity(activity, line["values"], {})
        made.append(activity)
    Activity.objects.bulk_create(made)
    Participation.objects.bulk_create(
        count
        for activity, line in zip(made, read.lines, strict=True)
        for count in cells.count_rows(activity, line["values"])
    )
    FormLine.objects.bulk_create(FormLine(form=form, activity=activity) for activity in made)
    return time.perf_counter() - started
