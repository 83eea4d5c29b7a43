"""The outbox: queued once, claimed once, checked again, sent, tried again, given up and shown."""

import datetime as dt
import json
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from coalition.jobs.models import Heartbeat
from coalition.members.models import User
from coalition.notifications import actions, delivery, kinds, tasks
from coalition.notifications.models import Message
from tests.factories.notifications import MessageFactory
from tests.notifications.sink import Sink


@pytest.fixture
def queued(focal):
    return actions.queue(
        kind="notice", key="k1", recipient=focal, subject="Phiếu đã\nđược duyệt", text="Cảm ơn.\n"
    )


def states():
    return dict(Message.objects.values_list("state", "state_reason"))


def test_a_message_is_queued_once(queued, focal):
    again = actions.queue(kind="notice", key="k1", recipient=focal, subject="Khác", text="Khác")

    assert again.pk == queued.pk
    assert Message.objects.get().subject == "Phiếu đã được duyệt"


def test_a_letter_speaks_the_language_and_address_of_its_reader(focal):
    User.objects.filter(pk=focal.pk).update(full_name="Trần Văn Bình", form_of_address="ông")
    focal.refresh_from_db()

    letter = actions.compose(
        "notice", focal, {"subject": "Mời họp", "words": "Mời anh/chị dự họp & góp ý.", "path": "/x/"}
    )

    assert letter.text.startswith(
        "Kính gửi ông Bình,\n\nMời ông dự họp & góp ý.\n\nMở trang: http://localhost:8000/x/"
    )
    assert "Mời ông dự họp &amp; góp ý." in letter.html


def test_delivery_sends_once_and_stamps(queued):
    first, second = delivery.run(), delivery.run()

    message = Message.objects.get()
    assert (first["sent"], second["sent"], message.state, message.attempts) == (1, 0, "sent", 1)
    assert message.sent_at is not None
    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [message.message_id]


def test_what_is_not_due_yet_waits(queued):
    later = timezone.now().replace(microsecond=0) + dt.timedelta(hours=1)
    Message.objects.update(not_before=later)

    assert delivery.run() == {
        "sent": 0, "cancelled": 0, "retried": 0, "failed": 0, "reasons": {}, "waiting": 1, "held": 1,
        "next_at": timezone.localtime(later).isoformat(),
    }  # fmt: skip


def test_a_claimed_message_belongs_to_one_worker_until_its_lease_ends(queued):
    now = timezone.now()

    assert delivery.claim(now).pk == queued.pk
    assert delivery.claim(now) is None
    assert delivery.claim(now + delivery.lease() + dt.timedelta(seconds=1)).attempts == 2


def test_whoever_has_left_is_not_written_to(queued):
    User.objects.update(is_active=False)

    assert delivery.run()["cancelled"] == 1
    assert states() == {"cancelled": "The person has left."}
    assert mail.outbox == []


def test_a_message_is_checked_once_more_before_it_leaves(queued, monkeypatch):
    monkeypatch.setitem(
        kinds._kinds, "notice", kinds.Kind("notice", "", recheck=lambda message, now: "Not needed.")
    )

    delivery.run()

    assert states() == {"cancelled": "Not needed."}


def test_a_message_that_cannot_be_written_does_not_hold_up_the_others(queued, focal, monkeypatch):
    def stumble(message, now):
        raise ZeroDivisionError

    monkeypatch.setitem(kinds._kinds, "broken", kinds.Kind("broken", "", recheck=stumble))
    MessageFactory(kind="broken", recipient=focal, not_before=timezone.now() - dt.timedelta(days=1))

    assert delivery.run()["sent"] == 1
    assert Message.objects.get(kind="broken").state == "queued"


def test_a_refused_address_is_tried_again_with_growing_pauses_then_shown(
    queued, settings, client, coordinator, focal
):
    clock = [timezone.now()]
    with Sink() as sink:
        sink.refused.add(focal.email)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        pauses = []
        for _time in range(delivery.ATTEMPTS):
            delivery.run(now=lambda: clock[-1])
            message = Message.objects.get()
            pauses.append(round((message.not_before - clock[-1]).total_seconds() / 60))
            clock.append(max(clock[-1], message.not_before))

    assert pauses[:-1] == [1, 5, 15, 60, 180, 360, 720]
    assert states() == {"failed": "550 5.1.1 no such person here"}
    for person, is_told in ((coordinator, True), (focal, False)):
        client.force_login(person)
        told = ["1 thư không gửi được" in client.get(path).content.decode() for path in ("/messages/", "/")]
        assert told == [is_told, is_told]


def test_an_address_that_was_corrected_is_the_one_written_to(queued, focal):
    Message.objects.update(state="failed", attempts=8, to_address="sai@example.org")
    delivery.send_again(Message.objects.all(), now=timezone.now())

    delivery.run()

    assert [sent.to for sent in mail.outbox] == [["focal@example.org"]]
    assert Message.objects.get().to_address == "focal@example.org"


def test_a_mail_server_that_is_away_costs_no_attempt(queued, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    tally = delivery.run()

    message = Message.objects.get()
    assert (tally["server_away"], message.state, message.attempts) == (1, "queued", 0)


def test_a_connection_closed_meanwhile_is_opened_anew(queued, monkeypatch):
    server = mail.get_connection()
    closed = iter([smtplib.SMTPServerDisconnected("idle"), None])
    send = server.send_messages

    def send_messages(letters):
        trouble = next(closed)
        if trouble:
            raise trouble
        return send(letters)

    server.send_messages = send_messages

    assert delivery.deliver(delivery.claim(timezone.now()), server) == ("sent", "")


def test_a_message_that_kills_its_workers_is_given_up(queued):
    Message.objects.update(attempts=20)

    assert delivery.run()["failed"] == 1


def test_coordinators_send_again_what_failed(client, coordinator, focal):
    MessageFactory(recipient=focal, state="failed", attempts=8)
    client.force_login(coordinator)

    client.post("/messages/again/")

    assert Message.objects.get().state == "queued"


def test_the_task_strikes_its_clock_and_runs_twice(queued):
    first, second = tasks.deliver(), tasks.deliver()

    assert (first["sent"], second["sent"]) == (1, 0)
    assert Heartbeat.objects.filter(name="delivery").count() == 1


def test_the_command_prints_json(queued, capsys):
    call_command("deliver_messages", "--once", "--json")

    assert json.loads(capsys.readouterr().out)["sent"] == 1
