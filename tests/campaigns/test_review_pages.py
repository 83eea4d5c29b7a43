"""The coordinator's pages, what members see of them, and the signed link of a paper form."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import actions, tasks
from campaigns.actions import behalf
from campaigns.models import CellNote, Correction
from coalition.notifications.models import Message
from coalition.obligations.models import Obligation
from projects import actions as log
from projects.models import DonorReport, Project
from tests.campaigns.conftest import fill


def address(name, record, *args):
    return reverse(f"campaigns:{name}", args=[record.public_id, *args])


def test_the_coordinator_returns_two_cells_and_the_member_sees_them(client, submitted, coordinator, focal):
    line = submitted.lines.get()
    client.force_login(coordinator)
    assert client.get(address("form_return", submitted)).status_code == 200

    client.post(
        address("form_return", submitted),
        {
            "note-answer-highlights": "Xin thêm ví dụ",
            f"note-line-{line.public_id}-children_female": "12 hay 21?",
            "due_on": "2099-04-20",
            "words": "",
        },
    )

    assert CellNote.objects.count() == 2
    client.force_login(focal)
    page = client.get(address("form_page", submitted)).content.decode()
    assert "Xin thêm ví dụ" in page
    assert "12 hay 21?" in page
    edit = client.get(address("line_edit", submitted, line.public_id)).content.decode()
    assert "12 hay 21?" in edit


def test_returning_without_a_word_stays_on_the_page(client, submitted, coordinator):
    client.force_login(coordinator)

    answered = client.post(address("form_return", submitted), {"due_on": "2099-04-20"})

    assert answered.status_code == 422
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_accepting_from_the_page(client, submitted, coordinator):
    client.force_login(coordinator)

    client.post(address("form_accept", submitted))
    client.post(address("form_accept", submitted))

    submitted.refresh_from_db()
    assert submitted.state == "accepted"


def test_reopening_asks_for_a_reason(client, submitted, coordinator):
    client.force_login(coordinator)
    client.post(address("form_accept", submitted))

    assert client.post(address("form_reopen", submitted), {"reason": ""}).status_code == 200
    client.post(address("form_reopen", submitted), {"reason": "Bổ sung số liệu"})

    submitted.refresh_from_db()
    assert submitted.state == "draft"


def test_a_correction_keeps_the_old_number_and_marks_the_reports(client, submitted, coordinator, secretariat):
    line = submitted.lines.get()
    project = Project.objects.create(code="P", title_vi="Dự án", lead=secretariat, starts_on="2015-01-01")
    line.activity.projects.add(project)
    report = DonorReport.objects.create(
        title="Báo cáo", project=project, starts_on="2015-01-01", ends_on="2015-12-31", state="finished"
    )
    actions.accept(submitted, by=coordinator)
    client.force_login(coordinator)

    client.post(
        address("line_correct", submitted, line.public_id),
        {
            "field": "children_female",
            "value": "21",
            "reason": "Đếm lại danh sách",
        },
    )

    made = Correction.objects.get()
    assert (made.before, made.after, made.by) == ("12", "21", coordinator)
    assert list(made.reports.all()) == [report]
    assert line.activity.participation.get().count == 21
    assert "Đếm lại danh sách" in client.get(report.get_absolute_url()).content.decode()


def test_numbers_changed_in_the_log_after_acceptance_are_corrections_too(submitted, coordinator, focal):
    activity = submitted.lines.get().activity
    report = DonorReport.objects.create(
        title="Báo cáo", starts_on="2015-01-01", ends_on="2015-12-31", state="finished"
    )
    accepted = actions.accept(submitted, by=coordinator)
    assert tasks.record_corrections() == 0
    for number in (21, 22):
        activity.refresh_from_db()
        log.count_people(activity=activity, counts={("children", "female", "11-15"): number}, by=focal)
        assert tasks.record_corrections() == 1
        assert tasks.record_corrections() == 0

    made = list(Correction.objects.order_by("pk"))
    assert [(each.field, each.before, each.after, each.by) for each in made] == [
        ("children_female", "12", "21", focal),
        ("children_female", "21", "22", focal),
    ]
    assert all(list(each.reports.all()) == [report] for each in made)
    assert accepted.steps.filter(verb="corrected").count() == 2
    assert accepted.snapshots.get().data["lines"][0]["children_female"] == 12


def test_a_number_changed_between_submission_and_acceptance_is_a_correction_once_it_is_accepted(
    submitted, coordinator, focal
):
    activity = submitted.lines.get().activity
    log.count_people(activity=activity, counts={("children", "female", "11-15"): 21}, by=focal)

    accepted = actions.accept(submitted, by=coordinator)
    later = tasks.record_corrections()

    made = Correction.objects.get()
    assert (made.before, made.after, made.by) == ("12", "21", focal)
    assert made.reason == "Số liệu được sửa trong nhật ký hoạt động trước khi phiếu được duyệt."
    assert submitted.submitted_at < made.at <= accepted.accepted_at
    assert later == 0


def test_a_count_that_changed_without_the_activity_is_recorded_once(submitted, coordinator):
    submitted.lines.get().activity.participation.update(count=21)
    accepted = actions.accept(submitted, by=coordinator)

    assert actions.record_changes(accepted) == 0
    assert [(made.before, made.after) for made in Correction.objects.all()] == [("12", "21")]


def test_a_report_finished_after_the_change_is_not_marked(submitted, coordinator, focal):
    activity = submitted.lines.get().activity
    actions.accept(submitted, by=coordinator)
    activity.refresh_from_db()
    log.count_people(activity=activity, counts={("children", "female", "11-15"): 21}, by=focal)
    DonorReport.objects.create(
        title="Báo cáo",
        starts_on="2015-01-01",
        ends_on="2015-12-31",
        state="finished",
        finished_at=timezone.now(),
    )

    tasks.record_corrections()

    assert not Correction.objects.get().reports.exists()


def test_whoever_reviews_reads_what_changed_in_the_log_since_the_form_came(client, submitted, coordinator):
    activity = submitted.lines.get().activity
    activity.title = "Tên đã đổi"
    activity.save()
    client.force_login(coordinator)

    shown = client.get(submitted.get_absolute_url()).content.decode()

    assert "<ins>Tên đã đổi</ins>" in shown
    assert "<del>Hội thảo về quyền tham gia</del>" in shown


def test_correcting_to_the_same_number_records_nothing(submitted, coordinator):
    actions.accept(submitted, by=coordinator)

    made = actions.correct(
        submitted.lines.get(), field="children_female", value=12, reason="x", by=coordinator
    )

    assert made is None
    assert not Correction.objects.exists()


def test_a_paper_form_is_typed_in_and_confirmed_by_the_link(client, form, coordinator, focal):
    client.force_login(coordinator)
    assert (
        client.post(address("form_page", form), {"answer-highlights": "x", "version": 1}).status_code == 404
    )
    client.post(address("form_on_behalf", form))
    form.refresh_from_db()
    fill(form, coordinator)
    form.refresh_from_db()
    client.post(address("form_submit", form), {"version": form.version})
    client.logout()
    link = Message.objects.get(recipient=focal, kind="form").path

    shown = client.get(link)
    client.post(link)
    client.post(link)

    assert "Hội thảo về quyền tham gia" in shown.content.decode()
    form.refresh_from_db()
    assert form.confirmed_by == focal
    assert form.steps.filter(verb="confirmed").count() == 1


@pytest.fixture
def paper(form, coordinator):
    actions.take_over(form, by=coordinator)
    form.refresh_from_db()
    fill(form, coordinator)
    return actions.submit(form, by=coordinator)


def test_whoever_typed_the_form_in_cannot_confirm_it(client, paper, coordinator, focal):
    client.force_login(coordinator)

    answered = client.post(reverse("campaigns:form_confirm", args=[behalf.sign(paper, focal)]))

    paper.refresh_from_db()
    assert answered.status_code == 404
    assert paper.confirmed_at is None


def test_a_confirmation_link_of_an_earlier_submission_no_longer_holds(client, paper, coordinator, focal):
    link = reverse("campaigns:form_confirm", args=[behalf.sign(paper, focal)])
    actions.return_form(
        paper, by=coordinator, notes=[("answer-highlights", "x")], today=paper.submitted_at.date()
    )
    actions.submit(paper, by=coordinator)

    assert client.get(link).status_code == 404


def test_a_confirmation_link_for_a_stranger_or_tampered_with_does_not_hold(client, paper, stranger, focal):
    good = behalf.sign(paper, focal)
    for token in (behalf.sign(paper, stranger), good[:-2] + "xx", "x", good.replace(":", "")):
        assert client.get(reverse("campaigns:form_confirm", args=[token])).status_code == 404


def test_nudging_reaches_those_who_still_owe_once(client, opened, submitted, coordinator, stranger, focal):
    client.force_login(coordinator)
    key = {"client_uuid": "6a3b8c1e-0b57-4f6f-9df4-3f0e4c9d7b11"}

    client.post(address("round_nudge", opened), key)
    client.post(address("round_nudge", opened), key)

    assert [message.recipient for message in Message.objects.filter(kind="nudge")] == [stranger]


def test_bulk_accept_takes_the_ticked_forms_only(client, opened, submitted, strangers_form, coordinator):
    client.force_login(coordinator)

    client.post(
        address("round_accept", opened),
        {
            "form": [f"{submitted.public_id}.1", f"{strangers_form.public_id}.0", "x", "x.y"],
        },
    )

    submitted.refresh_from_db()
    strangers_form.refresh_from_db()
    assert (submitted.state, strangers_form.state) == ("accepted", "not_started")


def test_the_summary_counts_what_was_handed_in(
    client, opened, submitted, strangers_form, stranger, coordinator
):
    fill(strangers_form, stranger, title="Chưa nộp", children=500)
    client.force_login(coordinator)

    page = client.get(address("round_summary", opened)).content.decode()

    assert "Hội thảo về quyền tham gia" in page
    assert "Chưa nộp" not in page
    assert '<span class="figure-value">12</span>' in page


def test_a_member_reads_of_others_only_what_is_accepted(client, opened, submitted, stranger, coordinator):
    client.force_login(stranger)
    before = client.get(address("round_summary", opened)).content.decode()
    actions.accept(submitted, by=coordinator)
    after = client.get(address("round_summary", opened)).content.decode()

    assert "Hội thảo về quyền tham gia" not in before
    assert "Hội thảo về quyền tham gia" in after
    assert "Trẻ em tự điều hành." not in after


def test_the_export_has_a_row_an_activity_and_a_row_an_organisation(client, opened, submitted, coordinator):
    line = submitted.lines.get()
    line.activity.title = "=1+1"
    line.activity.save()
    client.force_login(coordinator)

    answered = client.get(address("round_export", opened))
    book = openpyxl.load_workbook(io.BytesIO(answered.content))

    activities, organisations = book.worksheets
    assert activities["C2"].value == "=1+1"
    assert activities["C2"].data_type == "s"
    assert organisations.max_row == 3


def test_opening_a_quarter_from_the_page(client, campaign, member, other_member, coordinator):
    client.force_login(coordinator)
    assert client.get("/forms/rounds/new/").status_code == 200

    client.post(
        "/forms/rounds/new/",
        {
            "campaign": campaign.pk,
            "year": "2015",
            "quarter": "3",
            "due_on": "2027-01-15",
            "grace_until": "",
            "instructions_vi": "",
            "instructions_en": "",
        },
    )

    assert Obligation.objects.filter(kind="form", due_on="2027-01-15").count() == 2


@pytest.mark.parametrize("person", ["focal", "colleague", "stranger", "staff"])
def test_only_the_coordinator_reviews(client, submitted, opened, person, request):
    client.force_login(request.getfixturevalue(person))
    line = submitted.lines.get()

    for name, *args in (
        ("form_return",),
        ("form_accept",),
        ("form_reopen",),
        ("form_on_behalf",),
        ("line_correct", line.public_id),
    ):
        assert client.post(address(name, submitted, *args)).status_code == 403
    assert client.post(address("round_accept", opened)).status_code == 403
    assert client.post(address("round_nudge", opened)).status_code == 403
    assert client.get("/forms/rounds/new/").status_code == 403
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
