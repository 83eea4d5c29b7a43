"""Building the files of a report in the worker: killed, begun again, cancelled, and told of when it took long."""

import datetime as dt

import pytest
from django.utils import timezone

from coalition.files.models import StoredFile
from coalition.jobs import actions as jobs
from coalition.jobs.models import Job
from coalition.notifications import delivery
from coalition.notifications.models import Message
from projects.reports import actions, paper, work
from tests.factories.reports import ReportFactory
from tests.notifications.sink import Sink


@pytest.fixture
def report(logged, coordinator):
    return actions.finish(ReportFactory(project=logged, title="Báo cáo 2020"), by=coordinator)


def asked(report, by, kind="xlsx", waited=dt.timedelta()):
    job = jobs.start(
        kind=work.KIND,
        payload={"report": report.pk, "kind": kind},
        user=by,
        title=f"{report.title} ({kind.upper()})",
    )
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - waited)
    return job


def test_who_waited_long_gets_one_mail_that_leads_to_the_file(report, coordinator, client, settings):
    job = asked(report, coordinator, waited=work.PATIENCE * 2)
    jobs.run(job.pk)
    Job.objects.update(state="queued")
    jobs.run(job.pk)  # as after a worker that died with the mail written and the job not closed

    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        delivery.run()
        delivery.run()

    ((_moment, mail),) = sink.mails
    words = mail.get_payload(0).get_payload(decode=True).decode()
    path = Message.objects.get().path
    assert mail["To"] == coordinator.email
    assert Message.objects.get().subject == "Đã xong: Báo cáo 2020 (XLSX)"
    assert words.startswith("Kính gửi ")
    assert settings.BASE_URL + path in words
    client.force_login(coordinator)
    assert client.get(path).headers["Content-Disposition"].startswith("attachment")


def test_the_mails_link_opens_nothing_for_a_stranger(report, coordinator, client, stranger):
    jobs.run(asked(report, coordinator, waited=work.PATIENCE * 2).pk)
    client.force_login(stranger)

    assert client.get(Message.objects.get().path).status_code == 403


def test_who_still_looks_at_the_bar_gets_no_mail(report, coordinator):
    jobs.run(asked(report, coordinator).pk)

    assert not Message.objects.exists()


def test_a_worker_killed_after_the_file_was_kept_leaves_one_file_when_another_begins_again(
    report, coordinator, monkeypatch
):
    job = asked(report, coordinator)

    def killed(*_given, **_more):
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr(work.work, "Result", killed)
        with pytest.raises(SystemExit):
            jobs.run(job.pk)
    assert Job.objects.get().state == "running"

    jobs.run(job.pk, now=timezone.now() + dt.timedelta(minutes=6))

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert list(report.files.all()) == [job.result_file]
    assert StoredFile.objects.count() == 1


def test_cancelling_while_pages_are_laid_out_keeps_no_file_and_a_second_try_makes_it(
    report, coordinator, monkeypatch
):
    job = asked(report, coordinator, kind="pdf")
    seen = []
    step = paper._Steps.page

    def cancelled(self, number):
        Job.objects.filter(pk=job.pk).update(cancel_asked=True)
        seen.append(number)
        step(self, number)

    with monkeypatch.context() as patch:
        patch.setattr(paper._Steps, "page", cancelled)
        patch.setattr("coalition.jobs.work._QUIET", 0)
        assert jobs.run(job.pk) == "cancelled"

    assert seen == [1]
    assert not report.files.exists()
    Job.objects.update(state="queued", cancel_asked=False)
    assert jobs.run(job.pk) == "done"
    assert report.files.get().content.read()[:5] == b"%PDF-"


def test_a_report_that_is_gone_is_said_and_not_a_failure_without_words(report, coordinator):
    job = asked(report, coordinator)
    Job.objects.filter(pk=job.pk).update(payload={"report": 0, "kind": "pdf"})

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "Báo cáo không còn nữa.")
