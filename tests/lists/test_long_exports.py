"""Long lists: read flat for their files, and written by the worker as workbooks."""

import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone

from coalition.files.models import StoredFile
from coalition.jobs import actions as jobs
from coalition.jobs.models import Job
from coalition.lists import background, exports, flat
from projects.lists import ACTIVITIES
from projects.models import Activity
from tests.factories.projects import ActivityFactory, ParticipationFactory, ProjectFactory


@pytest.fixture
def log(db):
    """Three activities: one with everything, one online, one whose title looks like a formula."""
    full = ActivityFactory(
        title="Tập huấn ở Huế", kind="training", place="Nhà văn hóa", outcome="Đã thống nhất"
    )
    full.projects.add(ProjectFactory(code="QTE-1"), ProjectFactory(code="QTE-2"))
    ParticipationFactory(activity=full, count=12)
    return [full, ActivityFactory(is_online=True, province=None), ActivityFactory(title="=1+1")]


@pytest.fixture
def long_from_two(monkeypatch):
    monkeypatch.setattr(background, "LONG", 2)


def test_rows_read_flat_hold_what_whole_rows_hold(log):
    rows = Activity.objects.order_by("pk")
    columns = ACTIVITIES.columns

    (read,) = flat.batches(rows, flat.sources(columns, Activity), 10)

    loaded = {column.key: column.load(log) for column in columns if column.load}
    readers = [column.reader(loaded.get(column.key)) for column in columns]
    assert [list(map(exports._csv_cell, row)) for row in read] == [
        [exports._csv_cell(reader(row)) for reader in readers] for row in log
    ]


def test_related_rows_are_read_once_for_all_batches(log, django_assert_num_queries):
    columns = [column for column in ACTIVITIES.columns if column.key in ("title", "lead")]
    found = flat.sources(columns, Activity)
    with django_assert_num_queries(2):
        first = list(flat.batches(Activity.objects.order_by("pk"), found, 3))

    with django_assert_num_queries(1):
        second = list(flat.batches(Activity.objects.order_by("pk"), found, 3))

    assert first == second


def test_a_long_workbook_is_written_by_the_worker(
    client, coordinator, log, long_from_two, django_capture_on_commit_callbacks
):
    client.force_login(coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.get("/activities/?sort=title&format=xlsx")
    job = Job.objects.get(kind=background.KIND)

    assert answer.status_code == 302
    assert answer["Location"] == job.get_absolute_url()
    assert jobs.run(job.pk) in ("done", None)  # the embedded worker may have been there first
    with zipfile.ZipFile(io.BytesIO(client.get(f"{job.get_absolute_url()}file/").getvalue())) as book:
        assert "=1+1" in book.read("xl/worksheets/sheet1.xml").decode()
        assert "<v>3</v>" in book.read("xl/worksheets/sheet2.xml").decode()


def test_a_second_click_leads_to_the_same_work(client, coordinator, log, long_from_two):
    client.force_login(coordinator)

    answers = [client.get("/activities/?format=xlsx")["Location"] for _click in range(2)]

    assert (answers[0], Job.objects.count()) == (answers[1], 1)


def test_long_addresses_that_differ_at_their_end_are_not_the_same_work(
    client, coordinator, log, long_from_two
):
    client.force_login(coordinator)

    answers = {client.get(f"/activities/?format=xlsx&x={'a' * 200}{end}")["Location"] for end in "12"}

    assert (len(answers), Job.objects.count()) == (2, 2)


def test_a_short_workbook_and_every_csv_come_at_once(client, coordinator, log, monkeypatch):
    client.force_login(coordinator)

    assert client.get("/activities/?format=xlsx").status_code == 200
    monkeypatch.setattr(background, "LONG", 2)
    assert client.get("/activities/?format=csv").status_code == 200
    assert not Job.objects.exists()


def test_the_worker_writes_only_what_its_person_may_see(client, focal, stranger, long_from_two):
    for number in range(3):
        ActivityFactory(lead=focal.organisation, title=f"Việc riêng {number}", is_shared=False)
    client.force_login(focal)
    client.get("/activities/?format=xlsx")
    job = Job.objects.get()
    Job.objects.update(requested_by=stranger)

    jobs.run(job.pk)

    job.refresh_from_db()
    with job.result_file.content.open("rb") as content, zipfile.ZipFile(content) as book:
        assert "Việc riêng" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_file_of_a_job_opens_to_nobody_else(client, coordinator, staff, log, long_from_two):
    client.force_login(coordinator)
    client.get("/activities/?format=xlsx")
    job = Job.objects.get()
    jobs.run(job.pk)
    assert client.get(f"{job.get_absolute_url()}file/").status_code == 200

    client.force_login(staff)

    assert client.get(f"{job.get_absolute_url()}file/").status_code == 404


def test_workbooks_are_forgotten_after_a_week_and_jobs_after_a_month(client, coordinator, log, long_from_two):
    client.force_login(coordinator)
    client.get("/activities/?format=xlsx")
    jobs.run(Job.objects.get().pk)
    now = timezone.now()

    early = (background.forget(now + dt.timedelta(days=6)), jobs.forget(now + dt.timedelta(days=29)))
    late = [background.forget(now + dt.timedelta(days=8)) for _run in range(2)]

    assert (early, late) == ((0, 0), [1, 0])
    assert (Job.objects.count(), StoredFile.everything.count()) == (0, 0)


def test_old_jobs_are_forgotten(coordinator, log, client, long_from_two):
    client.force_login(coordinator)
    client.get("/activities/?format=xlsx")
    jobs.run(Job.objects.get().pk)

    assert [jobs.forget(timezone.now() + dt.timedelta(days=31)) for _run in range(2)] == [1, 0]
