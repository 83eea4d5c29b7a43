import datetime as dt

import pytest
from django.utils.translation import override

from campaigns import actions, home_parts, report_sections
from projects.models import Activity, Project
from projects.reports.registry import Scope
from tests.campaigns.conftest import fill


def scope(project=None, **fields):
    return Scope(project, dt.date(2015, 1, 1), dt.date(2015, 3, 31), "vi", **fields)


@pytest.fixture
def project(submitted, secretariat):
    project = Project.objects.create(code="P", title_vi="Dự án", lead=secretariat, starts_on="2015-01-01")
    submitted.lines.get().activity.projects.add(project)
    return project


def test_the_campaigns_of_a_project_are_those_of_its_activities(submitted, project):
    with override("vi"):
        figure, table = report_sections.campaigns(scope(project))

    assert figure["value"] == 1
    assert table["rows"] == [["Hướng tới 25 năm CRC", "Năm 2015", "2015-01-01", "2015-12-31", 1, ""]]


def test_a_project_without_campaigns_has_no_section(submitted, secretariat):
    other = Project.objects.create(code="Q", title_vi="Khác", lead=secretariat, starts_on="2015-01-01")

    assert report_sections.campaigns(scope(other)) == []


def test_the_forms_received_are_counted_against_those_asked_for(submitted, strangers_form, stranger):
    fill(strangers_form, stranger, title="Chưa nộp", children=400)

    with override("vi"):
        figure, table, chart, bullets = report_sections.quarter_forms(scope())

    assert figure["value"] == 1
    assert "2" in figure["words"]
    assert [row[1] for row in table["rows"]] == ["Tổ chức thành viên"]
    assert chart["series"][0][1] == [12, None]
    assert bullets["items"] == ["Tổ chức thành viên: Trẻ em tự điều hành."]


def test_forms_do_not_belong_to_a_single_project(submitted, project):
    assert report_sections.quarter_forms(scope(project)) == []


def test_the_forms_of_one_organisation(submitted, strangers_form, other_member):
    assert report_sections.quarter_forms(scope(organisation=other_member))[0]["value"] == 0


def test_another_year_has_no_forms(submitted):
    assert report_sections.quarter_forms(Scope(None, dt.date(2019, 1, 1), dt.date(2019, 12, 31), "vi")) == []


def test_the_number_of_statements_does_not_grow(
    opened, submitted, strangers_form, stranger, django_assert_num_queries
):
    with django_assert_num_queries(4):
        report_sections.quarter_forms(scope())
    fill(strangers_form, stranger)
    actions.submit(strangers_form, by=stranger)

    with django_assert_num_queries(4):
        report_sections.quarter_forms(scope())


def test_a_report_can_be_about_a_campaign(submitted, campaign, coordinator):
    assert (campaign.public_id, str(campaign)) in report_sections.campaign_choices(coordinator)
    limited = report_sections.limit_to_campaign(Activity.objects.all(), campaign.public_id)
    assert [activity.title for activity in limited] == ["Hội thảo về quyền tham gia"]


def test_home_tells_the_secretariat_what_came_in(opened, submitted, coordinator, stranger, donor):
    today = dt.date(2026, 1, 1)

    newest = home_parts.forms_received(coordinator, today)["rounds"][0]
    assert (newest.asked, newest.received, newest.waiting) == (2, 1, 1)
    assert home_parts.forms_received(stranger, today) is None
    assert home_parts.forms_received(donor, today) is None


def test_search_finds_campaigns_for_members_only(client, campaign, focal, donor):
    assert [hit.title for hit in home_parts.find_campaigns(focal, "huong toi crc", 5)] == [str(campaign)]
    assert home_parts.find_campaigns(donor, "huong toi crc", 5) == []


def test_the_home_page_names_the_form_that_is_owed(client, form, focal):
    client.force_login(focal)

    assert "Phiếu hoạt động, Quý I/2015" in client.get("/").content.decode()
