"""Planning reminders of 1,000, 10,000 and 100,000 duties beside bare SQL, and delivery beside bare smtplib: goal G12."""

import datetime as dt
import os
import resource
import smtplib
import time

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.turns import growth

SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000,100000").split(",")]
TODAY = dt.date(2025, 3, 10)
ORGANISATIONS = 100
MAILS = 500


class Undo(Exception):
    """Leaves nothing of a measurement behind."""


def run():
    """Return a row per size, then the rate of delivery."""
    call_command("migrate", verbosity=0)
    rows = [measured(size) for size in SIZES]
    exponent = growth(SIZES, [row["plan s"] for row in rows]) if len(SIZES) > 1 else 0.0
    rows.append({"duties": "growth (1 is linear)", "plan s": exponent})
    rows.append(undone(delivery))
    return rows


def undone(function, *arguments):
    found = []
    try:
        with transaction.atomic():
            found.append(function(*arguments))
            raise Undo
    except Undo:
        return found[0]


def measured(size):
    return undone(plan, size)


def plan(size):
    """Plan a ledger of which every duty has reached a step, the worst case; then plan once more for nothing."""
    from coalition.obligations import digest, ladder, planning
    from coalition.obligations.models import Reminder, ReminderRule

    ladder.load()
    organisations = coalition()
    fill(size, organisations)
    bare = timed(touch)[0]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    windows = ladder.windows(ReminderRule.objects.all(), TODAY)
    from django.utils import timezone

    now = timezone.now()
    with CaptureQueriesContext(connection) as statements:
        seconds, planned = timed(lambda: sum(planning._plan_rule(window, TODAY, now) for window in windows))
    sql = sum("INSERT INTO obligations_reminder" in query["sql"] for query in statements.captured_queries)
    mails, _tally = timed(lambda: digest.write(today=TODAY, now=now, overrides={}))
    again, nothing = timed(lambda: planning.plan(today=TODAY, now=now)["planned"])
    assert planned == Reminder.objects.count() >= size
    assert nothing == 0
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "duties": size, "planned": planned, "plan s": seconds, "bare UPDATE s": bare, "ratio": seconds / bare,
        "statements": f"{sql} for {len(windows)} rules", "mails s": mails, "again s": again, "MB more": grown / 1024,
    }  # fmt: skip


def timed(function):
    begun = time.perf_counter()
    found = function()
    return time.perf_counter() - begun, found


def coalition():
    """A hundred organisations with a focal point each, and a coordinator."""
    from coalition.members.models import Membership, Organisation, User

    organisations = Organisation.objects.bulk_create(
        Organisation(code=f"BENCH{number}", name_vi=f"Tổ chức {number}") for number in range(ORGANISATIONS)
    )
    people = User.objects.bulk_create(
        User(email=f"bench{number}@example.org", full_name=f"Người {number}")
        for number in range(ORGANISATIONS)
    )
    since = dt.date(2010, 1, 1)
    Membership.objects.bulk_create(
        Membership(user=person, organisation=organisation, role="focal", starts_on=since)
        for person, organisation in zip(people, organisations, strict=True)
    )
    Membership.objects.create(
        user=people[0], organisation=organisations[0], role="coordinator", starts_on=since
    )
    return organisations


def fill(size, organisations):
    from coalition.obligations.models import Obligation

    days = [TODAY + dt.timedelta(days=offset) for offset in range(-20, 14)]
    Obligation.objects.bulk_create(
        (
            Obligation(kind="other", organisation=organisations[number % len(organisations)],
                       title=f"Việc {number}", due_on=days[number % len(days)])
            for number in range(size)
        ),
        batch_size=2000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def touch():
    """The bare floor: one UPDATE … RETURNING over the same duties."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE obligations_obligation SET due_version = due_version WHERE state = 'open' AND due_on <= %s "
            "RETURNING id", [connection.ops.adapt_datefield_value(TODAY + dt.timedelta(days=14))],
        )  # fmt: skip
        return len(cursor.fetchall())


def delivery():
    """Deliver a few hundred messages into a mail server of our own, beside smtplib sending the same mails."""
    from django.conf import settings

    from coalition.notifications import delivery as outbox
    from coalition.notifications.models import Message
    from tests.notifications.sink import Sink

    Message.objects.all().delete()
    Message.objects.bulk_create(
        Message(kind="notice", dedupe_key=f"bench:{number}", to_address=f"nguoi{number}@example.org",
                subject=f"Thư {number}", text_body="Kính gửi anh/chị,\n" * 20)
        for number in range(MAILS)
    )  # fmt: skip
    letters = [outbox.as_mail(message).message().as_bytes() for message in Message.objects.all()]
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        with smtplib.SMTP("127.0.0.1", sink.port) as server:
            bare, _sent = timed(lambda: [server.sendmail("a@b", ["c@d"], letter) for letter in letters])
        ours, tally = timed(outbox.run)
    assert tally["sent"] == MAILS
    return {"duties": "delivery", "planned": MAILS, "plan s": ours, "bare UPDATE s": bare, "ratio": ours / bare,
            "statements": f"{MAILS / ours:.0f} mails a second"}  # fmt: skip
