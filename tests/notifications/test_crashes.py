"""Workers die, servers go away, clocks run twice: nothing is lost and nothing is sent twice."""

import random
import time
from contextlib import ExitStack
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from coalition.celery import app
from coalition.notifications.models import Message
from coalition.obligations import ladder
from coalition.obligations.models import Reminder
from tests.factories.members import MembershipFactory, UserFactory
from tests.factories.obligations import ObligationFactory
from tests.notifications.sink import Sink
from tests.notifications.workers import Redis, Worker, wait_until

needs_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="needs rows that can be locked"
)
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


def test_two_clocks_and_three_workers_send_each_message_once():
    queue = f"clocks-{time.monotonic_ns()}"
    membership = MembershipFactory(role="focal")
    ladder.load()
    today = timezone.localdate()
    ObligationFactory.create_batch(20, organisation=membership.organisation, due_on=today)
    queue_messages(200)

    with Sink(delay=0.002) as sink, ExitStack() as stack:
        for _time in range(3):
            stack.enter_context(Worker(queue, EMAIL_URL=sink.url))
        clocks = [Thread(target=strike, args=(queue,)) for _time in range(2)]
        for clock in clocks:
            clock.start()
        wait_until(lambda: number_sent() == 201 and Reminder.objects.count() == 20, 60)
        for clock in clocks:
            clock.join()

    states = Message.objects.order_by("state").values_list("state").annotate(number=Count("pk"))
    assert dict(states) == {"sent": 201}
    assert [times for times in sink.taken.values() if times != 1] == []
    assert Message.objects.filter(kind="digest").count() == 1
    assert Reminder.objects.values("obligation").distinct().count() == 20


def strike(queue):
    """Strike like a beat in a hurry: plan and deliver, again and again."""
    with app.connection_for_write() as broker:
        for _time in range(10):
            app.send_task("coalition.obligations.tasks.plan_reminders", queue=queue, connection=broker)
            app.send_task("coalition.notifications.tasks.deliver", queue=queue, connection=broker)
            time.sleep(0.1)


def test_when_redis_and_the_database_were_away_the_worker_catches_up_by_itself(tmp_path):
    queue_messages(20)
    with Sink() as sink, Redis(tmp_path) as redis:
        worker = Worker("away", EMAIL_URL=sink.url, REDIS_URL=redis.url, DELIVERY_LEASE="1")
        with worker:
            redis.send("coalition.notifications.tasks.deliver", "away")
            assert wait_until(lambda: number_sent() == 20, 30)
            redis.stop()
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                    "current_database() AND pid <> pg_backend_pid()"
                )
            Message.objects.update(state="queued", attempts=0)
            time.sleep(2)
            redis.start()

            def caught_up():
                redis.send(
                    "coalition.notifications.tasks.deliver", "away"
                )  # as the clock does every half minute
                return number_sent() == 20

            assert wait_until(caught_up, 40, pause=0.5)

    assert {*sink.taken.values()} == {2}  # once before, once after, under the same Message-ID
