"""What hangs on a project line by line: budgets, values by period and part, and what proves a result."""

import datetime as dt
from decimal import Decimal

import pytest

from projects import project_pages
from projects.models import BudgetLine
from tests.factories.members import OrganisationFactory
from tests.factories.projects import (
    ActivityFactory,
    BudgetLineFactory,
    FundingLineFactory,
    IndicatorValueFactory,
    ProjectFactory,
    ProjectIndicatorFactory,
    ProjectPartnerFactory,
    ResultFactory,
)


@pytest.fixture
def project(secretariat):
    return ProjectFactory(lead=secretariat)


@pytest.fixture
def grant(project, donor_organisation, secretariat):
    return FundingLineFactory(
        project=project, giver=donor_organisation, receiver=secretariat, currency="EUR", amount=1000
    )


def formset(prefix, *lines, **more):
    data = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": 0} | more
    return data | {
        f"{prefix}-{number}-{name}": value
        for number, line in enumerate(lines)
        for name, value in line.items()
    }


def test_a_budget_is_written_in_the_currency_of_its_line_and_summed(client, staff, focal, project, grant):
    address = f"{project.get_absolute_url()}budget/{grant.pk}/"
    data = formset(
        "budget",
        {"order": 1, "name_vi": "Tập huấn", "planned": "1.234,56", "spent": "1.000,06"},
        {"order": 2, "name_vi": "Ấn phẩm", "planned": "10"},
    )

    client.force_login(focal)
    assert client.post(address, data).status_code == 403
    client.force_login(staff)
    assert "EUR" in client.get(address).content.decode()
    assert client.post(address, data).status_code == 302

    page = client.get(project.get_absolute_url()).content.decode()
    assert BudgetLine.objects.get(name_vi="Tập huấn").spent == Decimal("1000.06")
    for words in ("1.234,56", "1.000,06", "234,50", "1.244,56"):
        assert words in page, words


def test_a_negative_budget_is_refused_beside_its_field_and_kept(client, staff, project, grant):
    client.force_login(staff)

    answer = client.post(
        f"{project.get_absolute_url()}budget/{grant.pk}/",
        formset("budget", {"order": 1, "name_vi": "Tập huấn", "planned": "-5"}),
    )

    assert answer.status_code == 422
    assert "Tập huấn" in answer.content.decode()
    assert BudgetLine.objects.count() == 0


def test_amounts_are_seen_by_those_whom_the_money_concerns_and_the_funder_by_all(
    client, coordinator, donor, focal, stranger, member, project, grant
):
    type(grant).objects.filter(pk=grant.pk).update(amount=Decimal(987654321))
    BudgetLineFactory(funding=grant, name_vi="Khoản chi kín", planned=77)
    ProjectPartnerFactory(project=project, organisation=member, role="implementer")

    def is_seen(person):
        client.force_login(person)
        shown = client.get(project.get_absolute_url()).content.decode()
        assert str(grant.giver) in shown
        assert ("Khoản chi kín" in shown) is ("987.654.321" in shown)
        return "Khoản chi kín" in shown

    assert [is_seen(person) for person in (coordinator, donor, focal, stranger)] == [True, True, True, False]


def test_the_page_takes_the_same_statements_with_and_without_budgets(
    client, staff, project, grant, django_assert_num_queries
):
    client.force_login(staff)
    with django_assert_num_queries(10):
        client.get(project.get_absolute_url())

    BudgetLineFactory.create_batch(3, funding=grant, planned=5)
    BudgetLineFactory(funding=FundingLineFactory(project=project), spent=5)

    with django_assert_num_queries(10):
        client.get(project.get_absolute_url())


def test_values_are_written_by_period_and_a_part_is_not_added_to_the_whole(client, staff, project):
    indicator = ProjectIndicatorFactory(result=ResultFactory(project=project), name_vi="Số trẻ em", target=90)
    IndicatorValueFactory(indicator=indicator, value=40)
    client.force_login(staff)
    half = {"starts_on": "2020-01-01", "ends_on": "2020-06-30"}
    data = formset("values", {**half, "value": "31"}, {**half, "value": "17", "part": "em gái"})

    answer = client.post(f"{project.get_absolute_url()}indicators/{indicator.pk}/", data)

    shown = project_pages.results_of(project)[0]["indicators"][0]
    assert answer.status_code == 302
    assert shown.actual == 71
    assert [part[2:] for part in shown.parts] == [("em gái", 17)]
    assert "em gái" in client.get(project.get_absolute_url()).content.decode()


def test_what_does_not_add_up_shows_the_newest_value(project):
    indicator = ProjectIndicatorFactory(result=ResultFactory(project=project), is_cumulative=False)
    IndicatorValueFactory(indicator=indicator, value=148, starts_on="2020-01-01", ends_on="2020-12-31")
    IndicatorValueFactory(indicator=indicator, value=104)

    assert project_pages.results_of(project)[0]["indicators"][0].actual == 148


@pytest.mark.parametrize("who", ["staff", "coordinator"])
def test_the_values_of_a_locked_period_are_a_coordinators_to_change(client, request, project, who):
    indicator = ProjectIndicatorFactory(result=ResultFactory(project=project))
    project.locked_until = dt.date(2020, 12, 31)
    project.save()
    client.force_login(request.getfixturevalue(who))
    data = formset("values", {"starts_on": "2020-01-01", "ends_on": "2020-06-30", "value": "31"})

    answer = client.post(f"{project.get_absolute_url()}indicators/{indicator.pk}/", data)

    assert answer.status_code == {"staff": 422, "coordinator": 302}[who]
    assert indicator.values.count() == {"staff": 0, "coordinator": 1}[who]


def taken_out(prefix, row, **kept):
    """Return what is posted when a line that is written down is taken out."""
    data = formset(prefix, {"id": row.pk, "DELETE": "on", **kept})
    return {**data, f"{prefix}-INITIAL_FORMS": 1}


@pytest.mark.parametrize("what", ["values", "indicators", "results"])
@pytest.mark.parametrize("locked", ["2020-12-31", "2018-12-31"])
def test_reported_values_do_not_go_with_a_line_that_is_taken_out(client, staff, project, what, locked):
    result = ResultFactory(project=project)
    indicator = ProjectIndicatorFactory(result=result)
    value = IndicatorValueFactory(indicator=indicator, value=40)
    project.locked_until = locked
    project.save()
    here = project.get_absolute_url()
    row, address = {
        "values": (value, f"{here}indicators/{indicator.pk}/"),
        "indicators": (indicator, f"{here}results/{result.pk}/"),
        "results": (result, f"{here}lines/results/"),
    }[what]
    client.force_login(staff)

    answer = client.post(address, taken_out(what, row))

    is_reported = dt.date.fromisoformat(locked) >= value.starts_on
    assert answer.status_code == (422 if is_reported else 302)
    assert indicator.values.exists() is is_reported
    assert ("đã khóa" in answer.content.decode()) is is_reported


@pytest.mark.parametrize(("locked", "status"), [("2021-12-31", 422), ("2021-12-30", 302)])
def test_money_of_a_project_that_is_reported_to_its_end_stays(
    client, staff, coordinator, project, grant, locked, status
):
    project.ends_on, project.locked_until = "2021-12-31", locked
    project.save()
    address = f"{project.get_absolute_url()}budget/{grant.pk}/"
    data = formset("budget", {"order": 1, "name_vi": "Tập huấn", "spent": "5"})

    client.force_login(staff)
    assert client.post(address, data).status_code == status
    assert BudgetLine.objects.exists() is (status == 302)
    client.force_login(coordinator)
    assert client.post(address, formset("budget", {"order": 2, "name_vi": "Đi lại"})).status_code == 302


def result_form(*lines):
    """Return what the results' page posts for new lines."""
    return formset("results", *({"order": number, **line} for number, line in enumerate(lines, start=1)))


def test_results_stand_below_what_they_serve(client, staff, project):
    objective = ResultFactory(project=project, level="objective", order=9, statement_vi="Mục tiêu chung")
    client.force_login(staff)
    address = f"{project.get_absolute_url()}lines/results/"

    answer = client.post(
        address,
        result_form({"level": "output", "parent": objective.pk, "statement_vi": "120 cán bộ nắm vững"}),
    )

    assert answer.status_code == 302
    found = project_pages.results_of(project)
    assert [(each["statement"], each["serves"]) for each in found] == [
        ("Mục tiêu chung", ""),
        ("120 cán bộ nắm vững", "Mục tiêu chung"),
    ]
    assert "phục vụ: Mục tiêu chung" in client.get(project.get_absolute_url()).content.decode()


def test_a_result_serves_only_one_of_its_project_on_a_level_above(client, staff, project):
    foreign = ResultFactory(project=ProjectFactory(), level="objective")
    outcome = ResultFactory(project=project, level="outcome", order=7)
    client.force_login(staff)
    address = f"{project.get_absolute_url()}lines/results/"

    for level, parent in (("output", foreign), ("objective", outcome), ("outcome", outcome)):
        line = {"level": level, "parent": parent.pk, "statement_vi": "Sai chỗ"}
        answer = client.post(address, result_form(line))
        assert answer.status_code == 422
        assert "Sai chỗ" in answer.content.decode()
    assert project.results.count() == 1


def test_a_result_is_tied_to_the_activities_that_show_it_and_opens_them(client, staff, project):
    result = ResultFactory(project=project)
    proof = ActivityFactory(title="Buổi đối thoại", projects=[project])
    ActivityFactory(title="Việc khác", projects=[project])
    foreign = ActivityFactory(title="Dự án khác")
    client.force_login(staff)
    address = f"{project.get_absolute_url()}results/{result.pk}/activities/"

    assert client.post(address, {"activities": [foreign.pk]}).status_code == 422
    assert client.post(address, {"activities": [proof.pk]}).status_code == 302

    rows = client.get(f"/activities/?result={result.pk}").content.decode()
    assert list(result.activities.all()) == [proof]
    assert ("Buổi đối thoại" in rows, "Việc khác" in rows) == (True, False)
    assert f"?result={result.pk}" in client.get(project.get_absolute_url()).content.decode()


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 30, "1;drop", "²", ""])
def test_an_odd_result_in_the_address_is_left_out(client, staff, project, odd):
    client.force_login(staff)

    assert client.get("/activities/", {"result": odd}).status_code == 200


def test_changed_lines_stand_in_the_history_and_never_overwrite_silently(client, staff, coordinator, project):
    address = f"{project.get_absolute_url()}lines/partners/"
    line = {"organisation": OrganisationFactory().pk, "role": "cso"}
    read = project.version
    client.force_login(staff)
    assert client.post(address, formset("partners", line, version=read)).status_code == 302

    client.force_login(coordinator)
    other = {"organisation": OrganisationFactory().pk, "role": "state"}
    answer = client.post(address, formset("partners", other, version=read))

    assert answer.status_code == 409
    assert project.partners.count() == 1
    page = client.get(f"{project.get_absolute_url()}history/").content.decode()
    assert "đã sửa phần: Đối tác" in page


def test_the_indicators_of_a_result_name_it_as_it_was_written_and_keep_both_units(
    client, coordinator, project
):
    result = ResultFactory(project=project, statement_vi="Trẻ em được lắng nghe.")
    address = f"{project.get_absolute_url()}results/{result.pk}/"
    client.force_login(coordinator)

    page = client.get(address).content.decode()
    client.post(address, formset("indicators", {"name_vi": "Số em", "unit_vi": "em", "unit_en": "children"}))

    assert "Trẻ em được lắng nghe.<br>" in page
    assert result.indicators.values_list("unit_vi", "unit_en").get() == ("em", "children")
