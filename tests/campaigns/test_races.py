"""Two people at once, and pages that were left open: nobody decides on what they have not read."""

import datetime as dt
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.urls import reverse

from campaigns import actions
from campaigns.models import FormSnapshot, FormStep, QuarterlyForm
from coalition.obligations import actions as duties
from coalition.obligations.models import Obligation
from coalition.records import Conflict
from projects.models import Activity
from tests.campaigns.conftest import fill
from tests.factories.campaigns import FormActivityFactory

DAY = dt.date(2015, 4, 13)


def address(name, form):
    return reverse(f"campaigns:{name}", args=[form.public_id])


@pytest.fixture
def handed_in_anew(submitted, coordinator, focal):
    """The form after a return and a second submission; a page of the first one may still be open."""
    actions.return_form(submitted, by=coordinator, notes=[("answer-highlights", "x")], today=DAY)
    return actions.submit(submitted, by=focal)


def test_a_page_of_an_earlier_submission_accepts_nothing(client, handed_in_anew, coordinator):
    client.force_login(coordinator)

    client.post(address("form_accept", handed_in_anew), {"revision": 1})
    handed_in_anew.refresh_from_db()
    assert handed_in_anew.state == "submitted"
    client.post(address("form_accept", handed_in_anew), {"revision": 2})

    handed_in_anew.refresh_from_db()
    assert handed_in_anew.state == "accepted"


def test_notes_on_an_earlier_submission_come_back_with_what_was_typed(client, handed_in_anew, coordinator):
    client.force_login(coordinator)
    sent = {"revision": 1, "note-answer-highlights": "Xin một ví dụ nữa", "due_on": "2099-01-05"}

    answered = client.post(address("form_return", handed_in_anew), sent)

    assert answered.status_code == 422
    assert "Xin một ví dụ nữa" in answered.content.decode()
    handed_in_anew.refresh_from_db()
    assert handed_in_anew.state == "submitted"


def test_a_form_is_not_returned_until_a_day_gone_by(client, submitted, coordinator):
    client.force_login(coordinator)
    sent = {"revision": 1, "note-answer-highlights": "x", "due_on": "2015-04-20"}

    answered = client.post(address("form_return", submitted), sent)

    assert answered.status_code == 422
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_many_are_accepted_though_one_was_returned_meanwhile(
    submitted, strangers_form, stranger, coordinator
):
    fill(strangers_form, stranger)
    actions.submit(strangers_form, by=stranger)
    read = list(QuarterlyForm.objects.order_by("pk"))
    actions.return_form(submitted, by=coordinator, notes=[("answer-highlights", "x")], today=DAY)

    assert actions.accept_many(read, by=coordinator) == 1

    assert sorted(QuarterlyForm.objects.values_list("state", flat=True)) == ["accepted", "returned"]


@pytest.mark.parametrize("change", ["add", "write", "remove", "answer"])
def test_whoever_writes_while_the_form_is_handed_in_changes_nothing(form, focal, colleague, change):
    line = fill(form, focal)
    actions.submit(form, by=focal)
    doing = {
        "add": lambda: actions.add_line(form, FormActivityFactory(lead=form.organisation), by=colleague),
        "write": lambda: actions.save_line(
            form, activity=line.activity, line=line, values={"children_female": 99}, part="done", by=colleague
        ),
        "remove": lambda: actions.remove_line(line, by=colleague),
        "answer": lambda: actions.save_answers(
            form, typed={"support": "x"}, base_version=form.version, by=colleague
        ),
    }

    with pytest.raises(Conflict):
        doing[change]()

    assert [row.count for row in line.activity.participation.all()] == [12]
    assert form.lines.count() == 1
    assert not form.answers.filter(question__code="support").exists()


@pytest.mark.parametrize("verb", ["excuse", "cancel"])
def test_an_organisation_that_was_let_off_may_still_hand_its_form_in(form, focal, coordinator, verb):
    fill(form, focal)
    getattr(duties, verb)(form.obligation, by=coordinator, reason="Đang chuyển văn phòng")

    handed_in = actions.submit(form, by=focal)
    duties.excuse(handed_in.review, by=coordinator, reason="Nghỉ lễ")
    done = actions.accept(handed_in, by=coordinator)

    assert done.state == "accepted"
    assert Obligation.objects.get(pk=form.obligation_id).state in ("excused", "cancelled")


def test_an_organisation_that_hands_in_its_paper_form_itself_need_not_confirm_it(form, focal, coordinator):
    actions.take_over(form, by=coordinator)
    form.refresh_from_db()
    fill(form, coordinator)
    paper = actions.submit(form, by=coordinator)
    assert paper.waits_for_confirmation
    actions.return_form(paper, by=coordinator, notes=[("answer-highlights", "x")], today=DAY)

    again = actions.submit(paper, by=focal)

    assert (again.confirmed_by, again.waits_for_confirmation) == (focal, False)


def at_once(*verbs):
    """Run the verbs in threads that start together, each on a connection of its own; return what they raised."""
    ready, raised = Barrier(len(verbs)), []

    def act(verb):
        try:
            ready.wait(timeout=20)
            verb()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=act, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_one_step(form, focal, coordinator):
    fill(form, focal)
    assert at_once(*[lambda: actions.submit(form, by=focal)] * 3) == []
    assert FormSnapshot.objects.count() == 1
    assert FormStep.objects.filter(verb="submitted").count() == 1

    def send_back():
        actions.return_form(form, by=coordinator, notes=[("answer-highlights", "x")], today=DAY, revision=1)

    lost = at_once(send_back, lambda: actions.accept(form, by=coordinator, revision=1))

    form.refresh_from_db()
    assert len(lost) == 1
    assert form.state in ("returned", "accepted")
    assert FormStep.objects.filter(verb__in=("returned", "accepted")).count() == 1
    duty = Obligation.objects.get(pk=form.obligation_id)
    assert duty.state == ("open" if form.state == "returned" else "done")
    assert Obligation.objects.get(kind="form_review").state == "done"
    assert Activity.objects.get().is_shared == (form.state == "accepted")
