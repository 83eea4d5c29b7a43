"""The pages of reports: who sees them, what they do, what they answer to nonsense."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from projects.models import DonorReport
from projects.reports import actions
from tests.factories.reports import ReportFactory


@pytest.fixture
def draft(logged):
    report = ReportFactory(project=logged, title="Báo cáo nháp 2020")
    actions.refresh(report)
    return report


def test_a_coordinator_builds_a_report_from_four_choices(client, coordinator, logged):
    client.force_login(coordinator)

    answer = client.post(
        reverse("projects:report_new"),
        {
            "project": logged.pk,
            "template_code": "PROJECT",
            "starts_on": "2020-01-01",
            "ends_on": "2020-12-31",
            "language": "vi",
            "province_generation": 34,
            "title": "",
        },
        follow=True,
    )

    assert answer.status_code == 200
    assert DonorReport.objects.get().title == "Dự án Quản trị quyền trẻ em (01/01/2020 – 31/12/2020)"
    assert "<strong>58</strong>" in answer.content.decode()


def test_a_period_that_ends_before_it_starts_is_said_beside_the_field(client, coordinator, logged):
    client.force_login(coordinator)

    answer = client.post(
        reverse("projects:report_new"),
        {
            "project": logged.pk,
            "template_code": "PROJECT",
            "starts_on": "2020-12-31",
            "ends_on": "2020-01-01",
            "language": "vi",
            "province_generation": 34,
        },
    )

    assert answer.status_code == 200
    assert not DonorReport.objects.exists()
    assert "2020-12-31" in answer.content.decode()


@pytest.mark.parametrize(
    "who, status", [("coordinator", 200), ("staff", 200), ("donor", 404), ("stranger", 403), ("focal", 403)]
)
def test_a_draft_is_the_secretariats_alone(client, request, draft, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(draft.get_absolute_url()).status_code == status


def test_a_finished_report_is_read_by_its_donor_and_by_no_other(client, donor, draft, coordinator):
    from tests.conftest import _person
    from tests.factories.members import OrganisationFactory

    other_donor = _person(OrganisationFactory(code="DONOR2", kind="DONOR"), "donor", "donor2")
    actions.finish(draft, by=coordinator)

    client.force_login(donor)
    assert client.get(draft.get_absolute_url()).status_code == 200
    client.force_login(other_donor)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_donor_cannot_finish_refresh_or_write(client, donor, draft, coordinator):
    actions.finish(draft, by=coordinator)
    client.force_login(donor)

    for name in ("report_finish", "report_refresh"):
        assert client.post(reverse(f"projects:{name}", args=[draft.public_id])).status_code == 403
    assert (
        client.post(reverse("projects:report_write", args=[draft.public_id, "s1"]), {"text": "x"}).status_code
        == 403
    )


def test_a_file_is_handed_out_only_with_its_report(client, stranger, coordinator, draft):
    stored = actions.make_file(draft, kind="xlsx", by=coordinator)
    address = reverse("projects:report_file", args=[draft.public_id, stored.public_id])

    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(coordinator)
    answer = client.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_making_the_same_finished_file_twice_keeps_one(draft, coordinator):
    report = actions.finish(draft, by=coordinator)

    first = actions.make_file(report, kind="pdf", by=coordinator)
    again = actions.make_file(report, kind="pdf", by=coordinator)

    assert again == first
    assert report.files.count() == 1


def test_a_section_is_written_and_shown(client, coordinator, draft):
    client.force_login(coordinator)

    answer = client.post(
        reverse("projects:report_write", args=[draft.public_id, "s13"]),
        {"text": "- Dịch bệnh\n- Họp trực tuyến\n\n<script>alert(1)</script>", "version": 0},
        follow=True,
    )

    page = answer.content.decode()
    assert "Dịch bệnh" in page
    assert "<script>alert" not in page


def test_an_unknown_section_or_kind_of_file_is_not_found(client, coordinator, draft):
    client.force_login(coordinator)

    for code in ("nothing", "s1-en"):  # the draft is in Vietnamese alone
        assert client.get(reverse("projects:report_write", args=[draft.public_id, code])).status_code == 404
    assert client.post(reverse("projects:report_make", args=[draft.public_id, "exe"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_few_questions(client, coordinator, logged, django_assert_num_queries, rows):
    for number in range(rows):
        ReportFactory(project=logged, title=f"Báo cáo {number}")
    client.force_login(coordinator)
    client.get(reverse("projects:report_list"))

    with django_assert_num_queries(LIST_STATEMENTS):
        client.get(reverse("projects:report_list"))


LIST_STATEMENTS = 7


def test_the_page_of_a_report_asks_few_questions_whatever_it_holds(
    client, coordinator, draft, django_assert_max_num_queries
):
    client.force_login(coordinator)

    with django_assert_max_num_queries(10):
        client.get(draft.get_absolute_url())


def test_the_donors_list_names_only_finished_reports(client, donor, draft, coordinator, logged):
    finished = actions.finish(
        ReportFactory(project=logged, title="Báo cáo đã xong", ends_on=dt.date(2020, 6, 30)), by=coordinator
    )
    client.force_login(donor)

    page = client.get(reverse("projects:report_list")).content.decode()

    assert finished.title in page
    assert draft.title not in page


def test_the_command_writes_the_report_from_the_shell(logged, tmp_path, capsys):
    from django.core.management import call_command

    for ending in ("pdf", "docx", "xlsx"):
        call_command(
            "donor_report",
            "QTE2",
            "--from",
            "2020-01-01",
            "--to",
            "2020-12-31",
            "--language",
            "en",
            "--output",
            str(tmp_path / f"r.{ending}"),
        )

    assert (tmp_path / "r.pdf").read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "r.docx").stat().st_size > 5000


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"project": "NOBODY"}, "No project 'NOBODY'. Known: QTE2"),
        ({"--from": "1/1/2020"}, "is not a day: write it as 2020-12-31"),
        ({"--to": "2019-01-01"}, "--to is before --from"),
        ({"--template": "WORLD"}, "No template 'WORLD'. Known: PROJECT"),
        ({"--output": "report.odt"}, "must end in .pdf, .docx or .xlsx"),
        ({"--output": "/nowhere/at/all/report.pdf"}, "There is no folder /nowhere/at/all"),
    ],
)
def test_the_command_says_what_is_wrong_with_its_arguments(logged, changed, said):
    from django.core.management import CommandError, call_command

    given = {"--from": "2020-01-01", "--to": "2020-12-31", "--output": "report.docx"} | changed
    about = given.pop("project", "QTE2")

    with pytest.raises(CommandError, match=re.escape(said)):
        call_command("donor_report", about, *(word for pair in given.items() for word in pair))


@pytest.mark.parametrize("about", ["COALITION", "MSD-TEST", "campaign"])
def test_the_command_makes_reports_of_other_things_than_projects(logged, tmp_path, about):
    from django.core.management import call_command

    from tests.factories.campaigns import CampaignFactory
    from tests.factories.members import OrganisationFactory

    OrganisationFactory(code="MSD-TEST")
    about = f"campaign:{CampaignFactory().public_id}" if about == "campaign" else about
    made = tmp_path / "r.docx"

    call_command("donor_report", about, "--from", "2020-01-01", "--to", "2020-12-31", "--template", "ANNUAL",
                 "--language", "both", "--output", str(made), verbosity=0)  # fmt: skip

    assert made.read_bytes()[:2] == b"PK"
