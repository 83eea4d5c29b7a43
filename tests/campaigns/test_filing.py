import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaigns import actions
from campaigns.models import CellNote, FormStep
from coalition.notifications.models import Message
from coalition.obligations.models import Obligation
from projects.models import Activity
from tests.campaigns.conftest import fill
from tests.factories.campaigns import FormActivityFactory


def test_submitting_closes_the_members_duty_and_starts_the_coordinators_clock(form, focal, coordinator):
    line = fill(form, focal)
    now = dt.datetime(2015, 4, 10, 9, 0, tzinfo=dt.UTC)

    sent = actions.submit(form, by=focal, now=now)

    assert (sent.state, sent.revision, sent.submitted_by) == ("submitted", 1, focal)
    assert sent.obligation.__class__.objects.get(pk=sent.obligation_id).state == "done"
    review = Obligation.objects.get(kind="form_review")
    assert (review.state, review.due_on, review.organisation.is_secretariat) == (
        "open",
        dt.date(2015, 4, 17),
        True,
    )
    snapshot = sent.snapshots.get()
    assert snapshot.data["lines"][0]["title"] == line.activity.title
    assert snapshot.data["lines"][0]["children_female"] == 12
    assert snapshot.data["answers"] == {"highlights": "Trẻ em tự điều hành."}
    message = Message.objects.get(recipient=coordinator, kind="form")
    assert message.path == form.get_absolute_url()


def test_submitting_twice_is_one_submission(submitted, focal):
    again = actions.submit(submitted, by=focal)

    assert again.revision == 1
    assert again.snapshots.count() == 1
    assert FormStep.objects.filter(form=again, verb="submitted").count() == 1


def test_an_empty_form_says_what_is_missing(form, focal):
    with pytest.raises(actions.NotReady) as refused:
        actions.submit(form, by=focal)

    assert [item.cell for item in refused.value.missing] == ["lines", "answer-highlights"]


def test_a_quarter_without_activities_is_said_and_submitted(form, focal):
    actions.save_answers(form, typed={"highlights": "Không có"}, base_version=1, by=focal, has_nothing=True)

    assert actions.submit(form, by=focal).state == "submitted"


def test_a_line_outside_the_quarter_holds_the_submission_back(form, focal):
    line = fill(form, focal)
    line.activity.starts_on = dt.date(2015, 4, 2)
    line.activity.save()

    with pytest.raises(actions.NotReady) as refused:
        actions.submit(form, by=focal)

    assert [item.cell for item in refused.value.missing] == [f"line-{line.public_id}-starts_on"]


def test_returning_marks_cells_and_opens_the_members_duty_with_a_date_of_its_own(
    submitted, coordinator, focal
):
    line = submitted.lines.get()
    notes = [("answer-highlights", "Xin ví dụ"), (f"line-{line.public_id}-children_female", "12 hay 21?")]

    back = actions.return_form(submitted, by=coordinator, notes=notes, today=dt.date(2015, 4, 13))

    assert back.state == "returned"
    assert {note.cell for note in CellNote.objects.filter(form=back)} == {cell for cell, _text in notes}
    duty = Obligation.objects.get(pk=back.obligation_id)
    assert (duty.kind, duty.state, duty.due_on, duty.due_version) == (
        "form_returned", "open", dt.date(2015, 4, 20), 2,
    )  # fmt: skip
    assert Obligation.objects.get(kind="form_review").state == "done"
    letter = Message.objects.get(recipient=focal, kind="form")
    assert "12 hay 21?" in letter.text_body


def test_returning_twice_makes_no_second_note(submitted, coordinator):
    notes = [("answer-highlights", "Xin ví dụ")]
    actions.return_form(submitted, by=coordinator, notes=notes, today=dt.date(2015, 4, 13))

    actions.return_form(submitted, by=coordinator, notes=notes, today=dt.date(2015, 4, 13))

    assert CellNote.objects.count() == 1
    assert FormStep.objects.filter(verb="returned").count() == 1


@pytest.mark.parametrize("notes", [[], [("answer-none", "x")], [("line-abc-title", "x")], [("line", "x")]])
def test_returning_needs_a_note_on_a_cell_that_exists(submitted, coordinator, notes):
    with pytest.raises(ValidationError):
        actions.return_form(submitted, by=coordinator, notes=notes, today=dt.date(2015, 4, 13))

    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_a_returned_form_is_submitted_again_and_the_review_duty_opens_again(submitted, coordinator, focal):
    actions.return_form(
        submitted, by=coordinator, notes=[("answer-highlights", "x")], today=dt.date(2015, 4, 13)
    )

    again = actions.submit(submitted, by=focal)

    assert (again.state, again.revision) == ("submitted", 2)
    assert Obligation.objects.filter(kind="form_review").count() == 1
    assert Obligation.objects.get(kind="form_review").state == "open"
    assert Obligation.objects.get(pk=again.obligation_id).state == "done"
    assert again.snapshots.count() == 2


def test_accepting_shares_the_activities_and_ends_the_review(submitted, coordinator, focal, stranger):
    activity = submitted.lines.get().activity
    assert activity not in Activity.objects.visible_to(stranger)

    done = actions.accept(submitted, by=coordinator)
    actions.accept(submitted, by=coordinator)

    assert done.state == "accepted"
    assert activity in Activity.objects.visible_to(stranger)
    assert Obligation.objects.get(kind="form_review").state == "done"
    activity.refresh_from_db()
    assert activity.history.first().is_shared
    assert activity.history.first().version == activity.version
    assert FormStep.objects.filter(verb="accepted").count() == 1
    assert Message.objects.filter(recipient=focal, kind="form").count() == 1


def test_reopening_needs_a_reason_and_starts_the_duty_again(submitted, coordinator):
    done = actions.accept(submitted, by=coordinator)
    with pytest.raises(ValidationError):
        actions.reopen(done, by=coordinator, reason=" ", today=dt.date(2015, 5, 4))

    opened = actions.reopen(done, by=coordinator, reason="Thiếu một hội thảo", today=dt.date(2015, 5, 4))
    actions.reopen(done, by=coordinator, reason="Thiếu một hội thảo", today=dt.date(2015, 5, 4))

    assert opened.state == "draft"
    assert Obligation.objects.get(pk=opened.obligation_id).due_on == dt.date(2015, 5, 11)
    assert FormStep.objects.filter(verb="reopened").count() == 1


def test_a_form_that_was_never_submitted_cannot_be_returned_or_accepted(form, coordinator):
    with pytest.raises(PermissionDenied):
        actions.accept(form, by=coordinator)
    with pytest.raises(PermissionDenied):
        actions.return_form(
            form, by=coordinator, notes=[("answer-highlights", "x")], today=dt.date(2015, 4, 1)
        )


def test_tagging_puts_the_activity_into_the_open_form_of_its_quarter(form, focal, opened):
    activity = FormActivityFactory(lead=form.organisation)

    actions.tag(opened.edition, activity, by=focal)
    actions.tag(opened.edition, activity, by=focal)

    form.refresh_from_db()
    assert [line.activity for line in form.lines.all()] == [activity]
    assert form.state == "draft"


def test_untagging_takes_it_out_and_offers_it_again(form, focal, opened):
    line = fill(form, focal)

    actions.untag(opened.edition, line.activity, by=focal)
    actions.untag(opened.edition, line.activity, by=focal)

    assert not form.lines.exists()
    assert not opened.edition.activities.exists()
    assert list(actions.offer(form)) == [line.activity]


def test_late_is_after_the_days_of_grace(form, focal):
    fill(form, focal)

    sent = actions.submit(form, by=focal, now=dt.datetime(2015, 4, 21, 16, 0, tzinfo=dt.UTC))
    assert not sent.was_late

    sent.first_submitted_at = dt.datetime(2015, 4, 21, 18, 0, tzinfo=dt.UTC)
    assert sent.was_late
