"""Quarterly forms: rounds of 100, 1,000 and 10,000 organisations, and workbooks of 5,000 lines beside bulk_create."""

import datetime as dt
import io
import os
import re
import time
from pathlib import Path

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.turns import growth, in_turns, ratio

SIZES = [int(size) for size in os.environ.get("SIZES", "100,1000,10000").split(",")]
LINES = int(os.environ.get("LINES", "5000"))
MOST_EXPORTED = 1000  # organisations; beyond, the minutes of writing a workbook tell nothing new
LOGGED = 5  # activities of the quarter that each organisation has in the log
DAY = dt.date(2015, 3, 25)


def run():
    """Return rounds and their pages by size, and what an import takes beside bare bulk_create; nothing is kept."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        found = _rounds() + _import()
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
    """Open a round for each size, every organisation with activities in the log; then look at its pages."""
    from campaigns import actions
    from campaigns.models import FormLine
    from coalition.members.models import CoalitionPeriod

    campaign = _campaign("round")
    actions.open_round(
        campaign=campaign, year=2014, quarter=4, by=None, today=DAY
    )  # asks the first questions
    measured = []
    for quarter, number in enumerate(SIZES, start=1):
        CoalitionPeriod.objects.all().delete()
        _log(
            campaign.editions.get(starts_on__year=2015),
            _members(number, f"B{quarter}"),
            dt.date(2015, 3 * quarter, 1),
        )
        (opened, issued), took = _measured(
            lambda quarter=quarter: actions.open_round(
                campaign=campaign, year=2015, quarter=quarter, by=None, today=DAY
            )
        )
        lines = FormLine.objects.filter(form__round=opened).count()
        measured.append({"what": f"round of {issued} organisations, {lines} lines", **took, **_pages(opened)})
    rounds = growth(SIZES, [row["seconds"] for row in measured])
    return [*measured, {"what": "growth of the seconds of a round (1: linear)", "seconds": rounds}]


def _measured(call):
    """Return what `call` returns, and its statements, seconds and how many megabytes it took more at once."""
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted from here
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as statements:
        result = call()
    seconds = time.perf_counter() - started
    return result, {
        "statements": len(statements),
        "seconds": seconds,
        "MB more": _memory("VmHWM") - before,
    }


def _pages(opened):
    """Return milliseconds of the pages of a round once every form of it is handed in, as the coordinator asks them."""
    from types import SimpleNamespace

    from django.http import QueryDict

    from campaigns import boards, comparisons, exports, summaries

    opened.forms.update(state="accepted", revision=1, accepted_at=dt.datetime(2015, 4, 1, tzinfo=dt.UTC))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself, outside of a transaction
    coordinator = SimpleNamespace(is_secretariat=True)
    pages = {
        "board, ms": lambda: boards.board(opened.campaign, opened.year, DAY, QueryDict()),
        "round page, ms": lambda: boards.round_board(opened, DAY, QueryDict()),
        "summary, ms": lambda: summaries.summary(
            opened.campaign.rounds.with_counts().get(pk=opened.pk), coordinator
        ),
        "comparison, ms": lambda: comparisons.compare(
            opened.campaign.rounds.get(year=2014), opened, coordinator
        ),
    }
    for page in pages.values():
        page()
    found = {name: _measured(page)[1]["seconds"] * 1000 for name, page in pages.items()}
    if opened.forms.count() > MOST_EXPORTED:
        return found
    _made, took = _measured(lambda: exports.workbook(opened, DAY))
    return {**found, "export, ms": took["seconds"] * 1000, "export, MB more": took["MB more"]}


def _memory(what):
    """Return what this process holds now (VmRSS) or held at most (VmHWM), in megabytes."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024


def _import():
    """Import a workbook of new lines and write the same rows bare, in turns; then change every line by a workbook."""
    from campaigns import actions
    from campaigns.workbook import comparing, reading
    from coalition.members.models import CoalitionPeriod

    campaign = _campaign("import")
    CoalitionPeriod.objects.all().delete()
    organisation = _members(1, "I")[0]
    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=None, today=DAY)
    form = opened.forms.get(organisation=organisation)
    content = _workbook(form)
    read = reading.read_content(form, content)
    assert not read.mistakes, read.mistakes[:3]

    def whole():
        again = reading.read_content(form, content)
        actions.write_plan(form, comparing.plan(form, again.as_data()), by=None)

    measured = in_turns(
        {
            "bare": _undone(lambda: _bare(form, read)),
            "import": _undone(whole),
            "read": lambda: reading.read_content(form, content),
        },
        rounds=3,
        block=1,
        warm=1,
    )
    _whole, took = _measured(whole)
    bare = measured["bare"]
    return [
        {"what": f"import of {LINES} lines", **took},
        {
            "what": "import / bare bulk_create of the same rows",
            "seconds": ratio(measured["import"], bare, "wall"),
        },
        {"what": "checking and reading alone / the same", "seconds": ratio(measured["read"], bare, "wall")},
        {"what": "bare bulk_create of the same rows", "seconds": bare.ms / 1000},
        *_change_all(form),
    ]


def _undone(call):
    """Return a function that calls and takes back what was written."""

    def undone():
        with transaction.atomic():
            call()
            transaction.set_rollback(True)

    return undone


def _change_all(form):
    """Send the form's own workbook back with a number changed in every line."""
    import openpyxl

    from campaigns import actions
    from campaigns.workbook import comparing, reading, writing

    form.refresh_from_db()
    content, made = _measured(lambda: writing.make(form))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in range(2, LINES + 2):
        book.worksheets[1].cell(row, 9).value = 41
    out = io.BytesIO()
    book.save(out)

    def change():
        read = reading.read_content(form, out.getvalue())
        actions.write_plan(form, comparing.plan(form, read.as_data()), by=None)

    _changed, took = _measured(change)
    return [
        {"what": f"making the workbook of {LINES} lines", **made},
        {"what": f"import that changes {LINES} lines", **took},
    ]


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
    """Write the same activities, counts and lines with nothing but bulk_create."""
    from campaigns import cells
    from campaigns.models import FormLine
    from coalition.records import new_public_id
    from projects.models import Activity, Participation

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
