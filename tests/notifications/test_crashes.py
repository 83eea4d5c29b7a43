"""Workers die, servers go away, clocks run twice: nothing is lost and nothing is sent twice."""

import datetime as dt
import random
import time

import pytest
from django.db import connection
from django.utils import timezone

from coalition.celery import app
from coalition.notifications.models import Message
from coalition.obligations import ladder
from tests.factories.members import MembershipFactory, UserFactory
from tests.factories.obligations import ObligationFactory
from tests.notifications.house import House
from tests.notifications.sink import Sink
from tests.notifications.workers import Worker, wait_until

needs_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs rows that can be locked")
pytestmark = [pytest.mark.servers, needs_postgres, pytest.mark.django_db(transaction=True)]


def queue_messages(number):
    people = [UserFactory() for _time in range(10)]
    Message.objects.bulk_create(
        Message(
            kind="notice", dedupe_key=f"crash:{index}", recipient=people[index % 10],
            to_address=f"nguoi{index}@example.org", subject=f"Thư số {index}", text_body="Kính gửi anh/chị,\n",
        ) for index in range(number)
    )  # fmt: skip


def ask_for_delivery(queue, times=1):
    with app.connection_for_write() as broker:
        for _time in range(times):
            app.send_task("coalition.notifications.tasks.deliver", queue=queue, connection=broker)


def number_sent():
    return Message.objects.filter(state="sent").count()


def test_fifty_kills_lose_nothing_and_double_only_what_was_in_flight(record_property):
    total, kills, chance = 1000, 0, random.Random(2026)
    queue = f"crash-{time.monotonic_ns()}"
    queue_messages(total)
    with Sink(delay=0.005) as sink:
        worker = Worker(queue, children=3, EMAIL_URL=sink.url, DELIVERY_LEASE="2").start()
        try:
            begun = asked = time.monotonic()
            ask_for_delivery(queue, 3)
            while (sent := number_sent()) < total and time.monotonic() < begun + 300:
                if (
                    time.monotonic() > asked + 1
                ):  # the clock strikes; a killed child's task comes back by itself
                    ask_for_delivery(queue)
                    asked = time.monotonic()
                if sent and kills < 1 + sent * 55 // total:
                    time.sleep(chance.uniform(0, 0.05))
                    if kills % 24 == 23:
                        worker.kill()
                        worker.start()
                        ask_for_delivery(queue, 3)
                        kills += 1
                    else:
                        kills += worker.kill_a_child(chance)
                time.sleep(0.02)
        finally:
            worker.kill()

    doubled = {message_id: times for message_id, times in sink.taken.items() if times > 1}
    print(f"{kills} kills, {len(sink.taken)} arrived, {len(doubled)} of them twice: in flight at the kill")
    record_property("kills", kills)
    record_property("sent_twice", len(doubled))
    attempts = {message.message_id: message.attempts for message in Message.objects.all()}
    assert kills >= 50
    assert number_sent() == total
    assert {*sink.taken} == {*attempts}
    assert all(times <= attempts[message_id] for message_id, times in sink.taken.items())
    assert len(doubled) <= kills


AWAY = 60  # seconds
SENT = "SELECT count(*) FROM notifications_message WHERE state = 'sent'"
AT_REST = f"{SENT} OR state = 'queued' AND not_before > now()"


def test_two_clocks_and_three_workers_send_each_message_once_and_catch_up_when_their_servers_were_away():
    membership = MembershipFactory(role="focal")
    ladder.load()
    duties = ObligationFactory.create_batch(
        20, organisation=membership.organisation, due_on=timezone.localdate()
    )
    queue_messages(200)
    Message.objects.filter(pk__in=Message.objects.order_by("-pk").values("pk")[:100]).update(
        not_before=timezone.now() + dt.timedelta(days=1)
    )

    with House(workers=3, beats=2) as house:
        ask = house.postgres.ask
        planned = "SELECT count(*) FROM obligations_reminder WHERE message_id IS NOT NULL"
        # Nothing is in flight when the servers go: a mail that was would be sent again after its lease.
        # By day the digest has left by then, in the quiet hours it rests with the hundred.
        assert wait_until(lambda: ask(AT_REST) == 201 and ask(planned) == len(duties), 120, pause=0.5)
        sent = ask(SENT)
        assert sent in (100, 101)
        house.redis.stop()
        ends = time.monotonic() + AWAY
        house.postgres.stop()
        time.sleep(AWAY / 4)
        house.postgres.start()
        freed = ask("UPDATE notifications_message SET not_before = now() WHERE state = 'queued'")
        assert freed == 201 - sent
        time.sleep(max(0, ends - time.monotonic()))
        house.redis.start()
        assert wait_until(lambda: ask(SENT) == 201, 120, pause=0.5)
        alive = [process.is_alive() for process in house.processes]
        in_mails = ask("SELECT count(*) FROM obligations_reminder WHERE state = 'sent'")
        digests = ask("SELECT count(*) FROM notifications_message WHERE kind = 'digest'")

    assert alive == [True] * 5
    assert (digests, in_mails) == (1, len(duties))
    assert (len(house.sink.taken), {*house.sink.taken.values()}) == (201, {1})
