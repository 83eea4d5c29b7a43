"""The pages of duties: what each role sees, what strangers must not, and what the forms do."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from coalition.files.models import StoredFile
from coalition.jobs.models import Heartbeat
from coalition.notifications.models import Message
from coalition.obligations import actions, kinds
from coalition.obligations.models import Obligation, Reminder, ReminderRule
from tests.factories.members import MembershipFactory
from tests.factories.obligations import DueChangeFactory, ObligationFactory, ReminderFactory

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def duty(member, today):
    return ObligationFactory(
        organisation=member, title="Gửi ý tưởng logo", due_on=today + dt.timedelta(days=3)
    )


def body(answer):
    return answer.content.decode()


def test_our_duties_stand_in_their_groups(client, member, focal, today):
    for title, fields in {
        "Việc trễ": {"due_on": today - dt.timedelta(days=2)},
        "Việc tuần này": {"due_on": today + dt.timedelta(days=2)},
        "Việc sau": {"due_on": today + dt.timedelta(days=30)},
        "Việc chưa hạn": {"due_on": None},
        "Việc xong": {"due_on": today, "state": "done"},
    }.items():
        ObligationFactory(organisation=member, title=title, **fields)
    client.force_login(focal)

    page = body(client.get("/owed/"))

    order = [page.index(title) for title in ("Việc trễ", "Việc tuần này", "Việc sau", "Việc chưa hạn")]
    assert order == sorted(order)
    assert "Việc xong" not in page


def test_strangers_see_nothing_of_ours(client, duty, stranger, donor):
    client.force_login(stranger)
    assert "Gửi ý tưởng logo" not in body(client.get("/owed/")) + body(client.get("/owed/all/"))
    assert client.get("/owed/by/").status_code == 403

    paths = ["", "close/", "pause/", "resume/"]
    found = [client.post(f"/owed/{duty.public_id}/{path}").status_code for path in paths[1:]]
    assert [client.get(f"/owed/{duty.public_id}/").status_code, *found] == [404] * 4

    client.force_login(donor)
    assert [client.get(path).status_code for path in ("/owed/", f"/owed/{duty.public_id}/")] == [403, 403]
    assert Obligation.objects.get().state == "open"


@pytest.mark.parametrize("verb", ["move", "end", "reopen", "reassign", "confirm"])
def test_members_do_not_move_nor_end_their_own_duties(client, duty, focal, verb):
    client.force_login(focal)

    assert client.post(f"/owed/{duty.public_id}/{verb}/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_our_page_takes_the_same_statements(client, member, focal, today, number, django_assert_num_queries):
    ObligationFactory.create_batch(number, organisation=member, due_on=today)
    client.force_login(focal)

    with django_assert_num_queries(3):
        client.get("/owed/")


@pytest.mark.parametrize("number", [1, 3])
def test_who_owes_what_takes_the_same_statements(
    client, coordinator, today, number, django_assert_num_queries
):
    ObligationFactory.create_batch(number, due_on=today)
    client.force_login(coordinator)

    with django_assert_num_queries(7):
        client.get("/owed/by/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_duty_takes_the_same_statements(client, duty, focal, number, django_assert_num_queries):
    for offset in range(number):
        ReminderFactory(obligation=duty, rule__offset=-20 - offset)
        DueChangeFactory(obligation=duty)
    client.force_login(focal)

    with django_assert_num_queries(9):
        assert client.get(duty.get_absolute_url()).status_code == 200


def test_the_matrix_counts_and_opens_its_rows(client, coordinator, member, duty, today):
    ObligationFactory(organisation=member, due_on=today - dt.timedelta(days=1), title="Việc trễ")
    ObligationFactory(title="Việc của tổ chức khác", due_on=today)
    client.force_login(coordinator)

    page = body(client.get("/owed/by/"))
    rows = body(client.get("/owed/by/?org=MEMBER&kind=other&late=yes"))

    assert '<a href="?org=MEMBER&amp;kind=other&amp;state=open">2</a>' in page
    assert '<a class="overdue" href="?org=MEMBER&amp;kind=other&amp;late=yes">1</a>' in page
    table = rows[rows.index('id="results"') :]
    assert ("Việc trễ" in table, "Gửi ý tưởng logo" in table, "Việc của tổ chức khác" in table) == (
        True,
        False,
        False,
    )


def test_who_owes_what_is_exported(client, coordinator, duty):
    client.force_login(coordinator)

    answer = client.get("/owed/by/?format=csv")

    assert "Gửi ý tưởng logo" in b"".join(answer).decode("utf-8-sig")


def test_a_duty_says_why_and_what_comes_next(client, duty, focal):
    client.force_login(focal)

    page = body(client.get(duty.get_absolute_url()))

    assert "Vì sao anh/chị nhận việc này" in page
    assert "Người focal" in page
    assert "trước hạn 1 ngày" in page


def test_closing_by_hand_asks_then_thanks(client, duty, focal):
    client.force_login(focal)
    path = f"/owed/{duty.public_id}/close/"

    refused = client.post(path, {"proof": " "})
    closed = client.post(path, {"proof": "Đã gửi hai ý tưởng"}, follow=True)

    assert refused.status_code == 200
    assert "Cảm ơn anh/chị" in body(closed)
    assert Obligation.objects.get().closed_by == focal


def test_an_important_duty_takes_a_file_as_evidence(client, duty, focal):
    from django.core.files.uploadedfile import SimpleUploadedFile

    Obligation.objects.update(priority="high")
    client.force_login(focal)
    path = f"/owed/{duty.public_id}/close/"

    wrong = client.post(path, {"proof": "Xong", "proof_file": SimpleUploadedFile("a.pdf", b"MZ not a pdf")})
    client.post(path, {"proof": "Xong", "proof_file": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")})

    assert wrong.status_code == 200
    assert Obligation.objects.get().proof_file == StoredFile.objects.get()


def test_a_form_is_filed_not_ticked_off(client, member, focal, monkeypatch, today):
    monkeypatch.setitem(kinds._kinds, "a_form", kinds.Kind("a_form", "Phiếu", by_hand=False))
    duty = ObligationFactory(organisation=member, kind="a_form", source_path="/forms/x/", due_on=today)
    client.force_login(focal)

    page = body(client.get(duty.get_absolute_url()))

    assert '<a class="btn btn-primary" href="/forms/x/">' in page
    assert client.get(f"/owed/{duty.public_id}/close/").headers["Location"] == "/forms/x/"


def test_the_secretariat_moves_excuses_and_reopens(client, duty, coordinator, today):
    client.force_login(coordinator)
    path = f"/owed/{duty.public_id}"
    later = today + dt.timedelta(days=10)

    client.post(f"{path}/move/", {"due_on": later.isoformat(), "reason": "Chờ nhà in"})
    moved = Obligation.objects.get()
    client.post(f"{path}/end/", {"how": "excuse", "reason": "Không còn văn phòng"})
    ended = Obligation.objects.get()
    client.post(f"{path}/reopen/", {"due_on": later.isoformat(), "reason": "Đã có văn phòng"})

    assert (moved.due_on, moved.due_version, ended.state) == (later, 2, "excused")
    assert Obligation.objects.get().state == "open"
    assert "Chờ nhà in" in body(client.get(f"{path}/"))


def test_a_move_without_a_reason_keeps_what_was_typed(client, duty, coordinator):
    client.force_login(coordinator)

    answer = client.post(f"/owed/{duty.public_id}/move/", {"due_on": "2030-01-31", "reason": ""})

    assert 'value="2030-01-31"' in body(answer)
    assert Obligation.objects.get().due_version == 1


def test_members_pause_for_thirty_days_at_most(client, duty, focal, today):
    client.force_login(focal)
    path = f"/owed/{duty.public_id}/pause/"

    client.post(path, {"until": (today + dt.timedelta(days=31)).isoformat(), "reason": "Đi vắng"})
    assert Obligation.objects.get().paused_until is None
    client.post(path, {"until": (today + dt.timedelta(days=7)).isoformat(), "reason": "Đi vắng"})
    assert Obligation.objects.get().paused_until == today + dt.timedelta(days=7)
    client.post(f"/owed/{duty.public_id}/resume/")
    assert Obligation.objects.get().paused_until is None


def test_the_coordinator_stops_reminders_for_good_with_a_reason(client, duty, coordinator):
    client.force_login(coordinator)

    client.post(f"/owed/{duty.public_id}/pause/", {"until": "", "reason": "Đang giải thể"})

    assert "Đã ngừng nhắc việc này: Đang giải thể" in body(client.get(duty.get_absolute_url()))


def test_a_colleague_of_the_secretariat_confirms(client, member, coordinator, staff, today):
    duty = actions.open_duty(kind="other", organisation=member, title="Việc", due_on=today, by=coordinator)
    actions.close(duty, by=coordinator, proof="Xong")
    client.force_login(staff)

    for _time in range(2):
        client.post(f"/owed/{duty.public_id}/confirm/")

    assert Obligation.objects.get().confirmed_by == staff


def test_the_secretariat_opens_a_duty_by_hand(client, member, coordinator):
    client.force_login(coordinator)

    client.post("/owed/new/", {"organisation": member.pk, "title": "Cử người dẫn chương trình", "role": "focal",
                               "priority": "normal", "due_on": "2030-05-20"})  # fmt: skip

    duty = Obligation.objects.get()
    assert (duty.organisation, duty.created_by, duty.due_on) == (member, coordinator, dt.date(2030, 5, 20))


def test_a_letter_to_sign_on_to_is_a_kind_of_duty_that_other_rooms_kinds_are_not(client, member, coordinator):
    client.force_login(coordinator)
    typed = {"organisation": member.pk, "title": "Thư gửi Quốc hội", "role": "focal", "priority": "normal"}

    for kind in ("form", "sign_on"):
        client.post("/owed/new/", {**typed, "kind": kind})

    assert list(Obligation.objects.values_list("kind", "title")) == [("sign_on", "Thư gửi Quốc hội")]


def test_all_seven_kinds_of_duties_are_known():
    assert {"follow_up", "call", "form", "form_returned", "form_review", "sign_on", "donor_report"} <= {
        kind.code for kind in kinds.registered()
    }


def test_a_nudge_shows_whom_it_reaches_and_reaches_them_once(client, duty, member, focal, coordinator, today):
    done = ObligationFactory(organisation=member, title="Việc đã xong", state="done", due_on=today)
    client.force_login(coordinator)
    shown = body(client.get("/owed/by/nudge/?org=MEMBER"))
    key = str(uuid.uuid4())

    for _time in range(2):
        client.post("/owed/by/nudge/?org=MEMBER", {"key": key, "note": "Chỉ cần phác thảo."})

    assert ("Người focal" in shown, done.title in shown) == (True, False)
    assert list(Message.objects.values_list("recipient", "kind")) == [(focal.pk, "nudge")]
    assert list(Reminder.objects.values_list("obligation", "nudged_by", "rule")) == [
        (duty.pk, coordinator.pk, None)
    ]
    assert f"{timezone.localdate():%d/%m/%Y}" in body(client.get("/owed/by/nudge/?org=MEMBER"))


def test_whoever_closes_before_the_nudge_leaves_is_not_written_to(client, duty, focal, coordinator):
    from coalition.notifications import delivery

    client.force_login(coordinator)
    client.post("/owed/by/nudge/", {"key": str(uuid.uuid4()), "note": ""})
    actions.close(duty, by=focal, proof="Đã gửi")
    Message.objects.update(not_before=timezone.now())

    delivery.run()

    message = Message.objects.get()
    assert (message.state, message.state_reason) == ("cancelled", "The duty is met or no longer owed.")


def test_coordinators_set_the_ladder(client, coordinator, staff):
    rules = list(ReminderRule.objects.order_by("kind", "offset", "pk"))
    typed = {"form-TOTAL_FORMS": len(rules) + 1, "form-INITIAL_FORMS": len(rules)}
    for number, rule in enumerate(rules):
        typed |= {f"form-{number}-id": rule.pk, f"form-{number}-kind": rule.kind, f"form-{number}-offset": rule.offset,
                  f"form-{number}-audience": rule.audience}  # fmt: skip
        if rule.offset != -14:
            typed[f"form-{number}-is_on"] = "on"
    typed |= {f"form-{len(rules)}-kind": "other", f"form-{len(rules)}-offset": "-3",
              f"form-{len(rules)}-audience": "role", f"form-{len(rules)}-is_on": "on"}  # fmt: skip
    client.force_login(staff)
    assert client.get("/owed/rules/").status_code == 403
    client.force_login(coordinator)
    assert client.get("/owed/rules/").status_code == 200

    client.post("/owed/rules/", typed)

    own = list(ReminderRule.objects.filter(kind="other").order_by("offset").values_list("offset", "is_on"))
    assert own == [(-14, False), (-7, True), (-3, True), (-1, True), (1, True), (7, True), (10, True)]
    assert list(ReminderRule.objects.filter(kind="", is_on=False).values_list("offset", flat=True)) == [-14]


def test_the_hand_over_gives_named_duties_back(client, duty, member, focal, colleague, stranger):
    actions.reassign(duty, by=focal, person=colleague)
    client.force_login(focal)
    assert "Gửi ý tưởng logo" in body(client.get("/owed/hand-over/MEMBER/"))

    for _time in range(2):
        client.post("/owed/hand-over/MEMBER/", {"leaver": colleague.public_id})

    assert Obligation.objects.get().person is None
    client.force_login(stranger)
    assert client.get("/owed/hand-over/MEMBER/").status_code == 404


BANNER = "Lần lập thư nhắc gần nhất:"


def struck(name, minutes):
    Heartbeat.objects.update_or_create(
        name=name, defaults={"at": timezone.now() - dt.timedelta(minutes=minutes)}
    )


@pytest.mark.parametrize(
    "path", ["/", "/activities/", "/organisations/", "/owed/by/", "/messages/", "/nowhere/"]
)
def test_when_the_clock_stands_still_coordinators_read_it_on_every_page(client, coordinator, focal, path):
    struck("beat", 61)

    seen = {}
    for person in (coordinator, focal):
        client.force_login(person)
        seen[person] = BANNER in body(client.get(path))

    assert seen == {coordinator: True, focal: False}


@pytest.mark.parametrize(
    ("beat", "reminders", "is_told"), [(59, 59, False), (61, 59, True), (1, 61, True), (None, None, False)]
)
def test_the_clock_has_stopped_when_it_or_the_reminders_are_over_an_hour_late(
    client, coordinator, beat, reminders, is_told
):
    for name, minutes in (("beat", beat), ("reminders", reminders)):
        if minutes is not None:
            struck(name, minutes)
    client.force_login(coordinator)

    assert (BANNER in body(client.get("/owed/rules/"))) == is_told


def test_the_clock_is_read_without_a_statement_of_its_own(client, coordinator, django_assert_num_queries):
    struck("beat", 61)
    client.force_login(coordinator)

    with django_assert_num_queries(4):  # session, person with roles, rules, last run
        assert BANNER in body(client.get("/owed/rules/"))


def test_home_says_what_we_owe_and_what_others_owe(client, duty, focal, coordinator):
    client.force_login(focal)
    assert "Gửi ý tưởng logo" in body(client.get("/"))
    client.force_login(coordinator)
    assert "của các tổ chức khác chưa xong" in body(client.get("/"))


@pytest.mark.parametrize(
    "query", ["?state=nonsense", "?org=%00", "?page=-1", "?late=maybe", "?sort=password", "?from=31/02"]
)
def test_a_wrong_address_is_no_error(client, coordinator, duty, query):
    client.force_login(coordinator)

    assert client.get(f"/owed/by/{query}").status_code in (200, 400)


def test_somebody_with_two_organisations_sees_both(client, duty, focal, other_member, today):
    MembershipFactory(user=focal, organisation=other_member)
    ObligationFactory(organisation=other_member, title="Việc bên kia", due_on=today)
    client.force_login(focal)

    page = body(client.get("/owed/"))

    assert "Việc bên kia" in page
    assert "Khác" in page
