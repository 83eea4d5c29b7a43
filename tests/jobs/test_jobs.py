"""Long work: started once, done once, true about its progress, stopped when asked, taken over when a worker dies."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import get_language

from coalition.jobs import actions, tasks, work
from coalition.jobs.models import Heartbeat, Job
from tests.factories.jobs import JobFactory


@pytest.fixture
def counting(monkeypatch):
    """Work that counts to three; what it did is in the list."""
    done = []

    def count(job, progress):
        for number in (1, 2, 3):
            progress.step(f"Đếm {number}", number, 3)
            done.append((number, get_language()))
        return work.Result(path="/reports/x/")

    monkeypatch.setitem(work._functions, "counting", count)
    return done


def start(user, **more):
    return actions.start(kind="counting", payload={"to": 3}, user=user, title="Đếm đến ba", **more)


def test_work_is_done_in_the_language_of_who_asked(counting, focal):
    job = start(focal)

    assert actions.run(job.pk) == "done"

    job.refresh_from_db()
    assert (job.state, job.steps_done, job.steps_total, job.result_path) == ("done", 3, 3, "/reports/x/")
    assert counting == [(1, "vi"), (2, "vi"), (3, "vi")]


def test_running_a_job_twice_does_it_once(counting, focal):
    job = start(focal)

    assert [actions.run(job.pk), actions.run(job.pk)] == ["done", None]
    assert len(counting) == 3


def test_a_double_click_starts_one_job(counting, focal):
    assert start(focal, dedupe_key="a").pk == start(focal, dedupe_key="a").pk
    assert start(focal).pk != start(focal).pk


def test_what_failed_is_started_again_under_the_same_key(counting, focal):
    job = start(focal, dedupe_key="a")
    Job.objects.update(state="failed", attempts=3, error="x")

    again = start(focal, dedupe_key="a")

    assert (again.pk, again.state, again.attempts, again.error) == (job.pk, "queued", 0, "")


def test_unknown_work_is_not_started(focal):
    with pytest.raises(ValueError, match="No work is registered"):
        actions.start(kind="unheard of", payload={}, user=focal, title="")


def test_work_that_stumbles_says_so_and_work_that_refuses_says_why(focal, monkeypatch):
    def stumble(job, progress):
        raise ZeroDivisionError

    def refuse(job, progress):
        raise work.Refused("Dự án này chưa có hoạt động nào.")

    errors = []
    for function in (stumble, refuse):
        monkeypatch.setitem(work._functions, "counting", function)
        job = start(focal)
        assert actions.run(job.pk) == "failed"
        job.refresh_from_db()
        errors.append(job.error)

    assert errors == ["Hệ thống gặp lỗi. Mời anh/chị thử lại.", "Dự án này chưa có hoạt động nào."]


def test_a_job_stops_at_its_next_step(focal, monkeypatch):
    def count(job, progress):
        progress.step("Đếm 1", 1, 2)
        actions.cancel(job)
        progress.step("Đếm 2", 2, 2)
        raise AssertionError("went on")

    monkeypatch.setitem(work._functions, "counting", count)

    assert actions.run(start(focal).pk) == "cancelled"


def test_a_waiting_job_is_cancelled_at_once(counting, focal):
    job = start(focal)

    actions.cancel(job)
    actions.cancel(job)

    assert (Job.objects.get().state, actions.run(job.pk), counting) == ("cancelled", None, [])


def test_a_job_whose_worker_died_is_taken_over(counting, focal):
    job = start(focal)
    now = timezone.now()
    Job.objects.update(state="running", attempts=1, lease_until=now - dt.timedelta(seconds=1))

    assert tasks.run_waiting() == ["done"]
    assert Job.objects.get(pk=job.pk).attempts == 2


def test_a_worker_that_was_given_up_stops(focal, monkeypatch):
    def count(job, progress):
        Job.objects.filter(pk=job.pk).update(attempts=2)  # another worker has taken it over
        progress.step("Đếm", 1, 1)
        raise AssertionError("went on")

    monkeypatch.setitem(work._functions, "counting", count)

    assert actions.run(start(focal).pk) is None
    assert Job.objects.get().state == "running"


def test_a_job_that_takes_its_workers_down_is_given_up(counting, focal):
    job = start(focal)
    Job.objects.update(state="running", attempts=3, lease_until=timezone.now() - dt.timedelta(seconds=1))

    assert actions.run(job.pk) == "failed"
    assert counting == []


def test_the_worker_is_woken_after_the_commit(
    counting, focal, django_capture_on_commit_callbacks, monkeypatch
):
    woken = []
    monkeypatch.setattr(tasks.run_job, "delay", woken.append)

    with django_capture_on_commit_callbacks(execute=True):
        job = start(focal)

    assert woken == [job.pk]


def test_a_broker_that_is_away_does_not_fail_the_request(
    counting, focal, django_capture_on_commit_callbacks, monkeypatch
):
    def fail(pk):
        raise ConnectionError

    monkeypatch.setattr(tasks.run_job, "delay", fail)

    with django_capture_on_commit_callbacks(execute=True):
        start(focal)

    assert tasks.run_waiting() == ["done"]


def test_the_heartbeat_is_one_row(db):
    tasks.beat()
    tasks.beat()

    assert Heartbeat.objects.get().name == "beat"


def test_the_page_tells_the_truth_and_strangers_nothing(client, focal, stranger):
    job = JobFactory(requested_by=focal, state="running", step="Đọc hoạt động", steps_done=1, steps_total=4)
    client.force_login(focal)

    page = client.get(job.get_absolute_url()).content.decode()
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "progress"})

    assert 'value="25"' in page
    assert part.content.decode().lstrip().startswith('<section id="progress"')
    assert "HX-Refresh" not in part.headers
    client.force_login(stranger)
    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.post(f"{job.get_absolute_url()}cancel/").status_code == 404
    assert job.title not in client.get("/jobs/").content.decode()


def test_the_page_reloads_itself_when_the_work_is_over(client, focal):
    job = JobFactory(requested_by=focal, state="done", result_path="/reports/x/")
    client.force_login(focal)

    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "progress"})

    assert part.headers["HX-Refresh"] == "true"
    assert 'href="/reports/x/"' in client.get(job.get_absolute_url()).content.decode()


def test_a_person_stops_their_own_job(client, focal):
    job = JobFactory(requested_by=focal)
    client.force_login(focal)

    for _time in range(2):
        assert client.post(f"{job.get_absolute_url()}cancel/").status_code == 302

    assert Job.objects.get().state == "cancelled"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements(client, focal, number, django_assert_num_queries):
    JobFactory.create_batch(number, requested_by=focal)
    client.force_login(focal)

    with django_assert_num_queries(3):
        assert client.get("/jobs/").status_code == 200
