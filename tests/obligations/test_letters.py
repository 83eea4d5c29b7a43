"""The reminder mails, compared word by word with the stored files in tests/obligations/mails/."""

import datetime as dt
from email import policy
from email.parser import BytesParser
from pathlib import Path

import icalendar
import pytest
from django.utils import timezone

from coalition.members.models import User
from coalition.notifications import actions as outbox
from coalition.notifications import delivery
from coalition.notifications.models import Message
from coalition.obligations import nudges, planning
from coalition.obligations.models import Obligation
from tests.factories.notifications import PreferenceFactory
from tests.factories.obligations import ObligationFactory

STORED = Path(__file__).parent / "mails"
TODAY = dt.date(2015, 4, 3)
pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def duties(member, monkeypatch):
    """Three duties whose addresses do not change from run to run."""
    form = ObligationFactory(
        organisation=member, title="Phiếu CRC-25 Quý I/2015", due_on=dt.date(2015, 4, 10),
        source_path="/forms/abc/", source_label="Chiến dịch CRC-25",
    )  # fmt: skip
    logo = ObligationFactory(
        organisation=member, title="Gửi ý tưởng logo & khẩu hiệu", due_on=dt.date(2015, 4, 1)
    )
    topic = ObligationFactory(
        organisation=member, title="Đăng ký chủ đề chia sẻ", due_on=dt.date(2015, 4, 17)
    )
    for number, duty in enumerate((form, logo, topic), start=1):
        Obligation.objects.filter(pk=duty.pk).update(
            public_id=f"viec{number}", updated_at="2015-03-01T00:00Z"
        )
    monkeypatch.setattr(outbox, "unsubscribe_path", lambda person: "/messages/unsubscribe/KY/")
    return [form, logo, topic]


@pytest.fixture
def lan(focal):
    User.objects.filter(pk=focal.pk).update(
        full_name="Nguyễn Thị Lan", form_of_address="chị", public_id="lan"
    )
    focal.refresh_from_db()
    return focal


def compare(name, words):
    """Compare with the stored file; write it where it is missing, for a person to read and commit."""
    path = STORED / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(words, encoding="utf-8")
        pytest.fail(f"{name} was not there; it has been written: read it, then commit it.")
    assert words == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_digest_reads_as_stored(duties, lan, language):
    User.objects.filter(pk=lan.pk).update(language=language)

    planning.plan(today=TODAY)

    message = Message.objects.get()
    compare(f"digest.{language}.txt", f"{message.subject}\n\n{message.text_body}")
    compare(f"digest.{language}.html", message.html_body)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_nudge_reads_as_stored(duties, lan, coordinator, language):
    User.objects.filter(pk=lan.pk).update(language=language)
    nudges.nudge(
        Obligation.objects.filter(pk=duties[1].pk),
        by=coordinator,
        note="Chỉ cần phác thảo là đủ.",
        key="k",
        now=timezone.now(),
        today=TODAY,
    )

    message = Message.objects.get()
    compare(f"nudge.{language}.txt", f"{message.subject}\n\n{message.text_body}")
    compare(f"nudge.{language}.html", message.html_body)


def test_the_subject_names_the_duty_and_its_date(member, lan):
    ObligationFactory(organisation=member, title="Phiếu CRC-25 Quý I/2015", due_on=dt.date(2015, 4, 10))

    planning.plan(today=TODAY)

    assert Message.objects.get().subject == "[Cần làm] Phiếu CRC-25 Quý I/2015 – hạn 10/04/2015"


def test_one_mail_names_thirty_duties_and_counts_the_rest(member, lan):
    for number in range(33):
        ObligationFactory(organisation=member, title=f"Việc {number:02}", due_on=dt.date(2015, 4, 10))

    planning.plan(today=TODAY)

    message = Message.objects.get()
    assert message.text_body.count("- Việc") == 30
    assert "Và 3 việc nữa." in message.text_body
    assert message.subject.endswith("(và 32 việc khác)")


def test_the_calendar_holds_due_dates_to_come(duties, lan):
    planning.plan(today=TODAY)

    attached = Message.objects.get().attachments[0]
    entries = icalendar.Calendar.from_ical(attached["text"]).walk("VEVENT")
    assert attached["name"] == "han.ics"
    assert [(entry["uid"], entry["dtstart"].dt, str(entry["url"])) for entry in entries] == [
        ("viec1@portal", dt.date(2015, 4, 10), "http://localhost:8000/forms/abc/"),
        ("viec3@portal", dt.date(2015, 4, 17), "http://localhost:8000/owed/viec3/"),
    ]


def test_whoever_wants_no_calendar_gets_none(duties, lan):
    PreferenceFactory(user=lan, attach_calendar=False)

    planning.plan(today=TODAY)

    assert Message.objects.get().attachments == []


def test_mail_programs_can_end_reminders_with_one_click(duties, lan):
    planning.plan(today=TODAY)

    mail = BytesParser(policy=policy.default).parsebytes(
        delivery.as_mail(Message.objects.get()).message().as_bytes()
    )
    assert mail["List-Unsubscribe"] == "<http://localhost:8000/messages/unsubscribe/KY/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
