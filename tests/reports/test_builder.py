"""Building a report: what it is about, its texts, its gaps, the versions after it, and the board of what is due."""

import datetime as dt

import pytest
from django.urls import reverse

from projects.models import Activity, DonorReport
from projects.reports import actions, board
from projects.reports import document as documents
from tests.factories.projects import ActivityFactory
from tests.factories.reports import ReportFactory


@pytest.fixture
def draft(logged):
    report = ReportFactory(project=logged, title="Báo cáo nháp 2020")
    actions.refresh(report)
    return report


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


def choices(report, **changed):
    return {
        "project": report.project.pk,
        "template_code": "PROJECT",
        "starts_on": "2020-01-01",
        "ends_on": "2020-12-31",
        "language": "vi",
        "province_generation": 34,
        "title": report.title,
        "version": report.version,
        **changed,
    }


def test_what_a_draft_is_about_can_be_changed_and_its_figures_follow(desk, draft):
    changed = choices(draft, starts_on="2019-01-01", language="both", due_on="2027-03-31")

    desk.post(reverse("projects:report_edit", args=[draft.public_id]), changed)

    draft.refresh_from_db()
    assert draft.language == "both"
    assert draft.preview["languages"] == ["vi", "en"]
    assert draft.preview["period"][0] == "2019-01-01"
    assert draft.obligation.due_on == dt.date(2027, 3, 31)


def test_another_due_day_moves_the_duty_and_opens_no_second_one(desk, draft, coordinator):
    actions.promise(draft, due_on=dt.date(2027, 3, 31), by=coordinator)
    draft.refresh_from_db()

    desk.post(reverse("projects:report_edit", args=[draft.public_id]), choices(draft, due_on="2027-04-30"))

    before = draft.obligation_id
    draft.refresh_from_db()
    assert draft.obligation_id == before
    assert draft.obligation.due_on == dt.date(2027, 4, 30)


def test_a_report_about_two_things_is_refused_beside_its_fields(desk, draft, member):
    answer = desk.post(
        reverse("projects:report_edit", args=[draft.public_id]), choices(draft, organisation=member.pk)
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors["organisation"]


def test_a_finished_report_is_neither_changed_nor_discarded(desk, draft, coordinator):
    actions.finish(draft, by=coordinator)

    for name in ("report_edit", "report_discard"):
        assert (
            desk.post(reverse(f"projects:{name}", args=[draft.public_id]), choices(draft)).status_code == 404
        )


def test_a_discarded_draft_is_gone_from_the_list_and_its_duty_with_it(desk, draft, coordinator):
    actions.promise(draft, due_on=dt.date(2027, 3, 31), by=coordinator)

    desk.post(reverse("projects:report_discard", args=[draft.public_id]))
    actions.discard(draft, by=coordinator)

    assert not DonorReport.objects.exists()
    assert DonorReport.everything.get().obligation.state == "cancelled"


def test_finishing_with_gaps_must_be_meant(desk, draft):
    address = reverse("projects:report_finish", args=[draft.public_id])

    refused = desk.post(address)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert refused.context["gaps"]
    assert 'aria-invalid="true"' in refused.content.decode()

    desk.post(address, {"with_gaps": "1"})
    draft.refresh_from_db()
    assert draft.state == "finished"


def test_a_finished_report_does_not_ask_its_donor_to_write(client, donor, draft, coordinator):
    actions.finish(draft, by=coordinator)
    client.force_login(donor)

    page = client.get(draft.get_absolute_url()).content.decode()

    assert "anh/chị vui lòng viết" not in page
    assert "Không có nội dung phát sinh trong kỳ báo cáo." in page


def test_texts_are_kept_as_typed_and_shown_with_little_formatting(desk, draft):
    address = reverse("projects:report_write", args=[draft.public_id, "s13"])
    typed = "Tỷ lệ < 5% & **chậm**:\n- họp *trực tuyến*\n- xem https://example.org/a?b=1&c=2"

    desk.post(address, {"text": typed, "version": 0})

    assert desk.get(address).context["form"].initial["text"] == typed
    draft.refresh_from_db()
    written = next(part["written"] for part in draft.preview["sections"] if part["code"] == "s13")
    assert written == (
        "<p>Tỷ lệ &lt; 5% &amp; <strong>chậm</strong>:</p><ul><li>họp <em>trực tuyến</em></li>"
        '<li>xem <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a></li></ul>'
    )


def test_an_autosave_answers_with_the_version_for_the_next_one(desk, draft):
    address = reverse("projects:report_write", args=[draft.public_id, "s13"])

    first = desk.post(address, {"text": "Một", "version": 0, "autosave": "1"}).json()
    second = desk.post(address, {"text": "Một, hai", "version": first["version"], "autosave": "1"}).json()

    assert (first["version"], second["version"]) == (1, 2)


def test_the_suggested_opening_names_the_figures_of_its_own_section(draft):
    assert documents.opening(draft.preview, "s8") == (
        "Từ ngày 01/01/2020 đến ngày 31/12/2020: 2 tổ chức được hỗ trợ."
    )


def test_a_finished_report_asks_for_what_has_changed_since_and_shows_it(desk, draft, coordinator):
    report = actions.finish(draft, by=coordinator)
    address = report.get_absolute_url()
    assert f'hx-get="{address}?compare=1"' in desk.get(address).content.decode()
    assert "vẫn như trong báo cáo" in desk.get(address, {"compare": "1"}).content.decode()
    Activity.objects.filter(title__startswith="Hội thảo chia sẻ").update(state="cancelled")

    part = desk.get(
        address, {"compare": "1"}, headers={"HX-Request": "true", "HX-Target": "changes"}
    ).content.decode()
    page = desk.get(address, {"compare": "1"}).content.decode()

    assert part.startswith('<div id="changes">')
    assert part.strip() in page
    assert "Khác biệt từ ngày" in part
    assert "<del>31/12/2020 · Hội thảo chia sẻ báo cáo" in part


def test_what_its_donor_reads_says_nothing_of_later_changes(client, donor, draft, coordinator):
    report = actions.finish(draft, by=coordinator)
    Activity.objects.filter(title__startswith="Hội thảo chia sẻ").update(state="cancelled")
    client.force_login(donor)

    page = client.get(report.get_absolute_url(), {"compare": "1"}).content.decode()

    assert 'id="changes"' not in page


def test_the_board_tells_what_is_new_since_the_last_report(desk, draft, coordinator, logged):
    actions.finish(draft, by=coordinator)
    ActivityFactory(title="Năm sau", starts_on=dt.date(2021, 2, 1), state="held").projects.add(logged)

    (line,) = board.projects(coordinator)
    assert (line["project"].held_since, line["project"].changed_since) == (1, None)
    begun = desk.get(line["begin"]).context["form"].initial
    assert (begun["starts_on"], begun["ends_on"]) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert "from=2021-01-01" in line["new"]


@pytest.mark.parametrize("who", ["donor", "focal", "stranger"])
def test_only_the_secretariat_has_a_board(request, draft, who):
    assert board.projects(request.getfixturevalue(who)) == []
    assert board.due(request.getfixturevalue(who)) == []


def test_a_strangers_attempts_end_nowhere(client, stranger, draft):
    client.force_login(stranger)

    for name in ("report_edit", "report_discard"):
        assert client.post(reverse(f"projects:{name}", args=[draft.public_id])).status_code == 403
