"""The lines of a project stand in its history, before and after each change, and come back with a version."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from projects import earlier_lines
from projects.models import FundingLine, IndicatorValue, LinesVersion
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
from tests.projects.test_lines import formset

YEAR = {"starts_on": "2020-01-01", "ends_on": "2020-12-31"}


@pytest.fixture
def project(secretariat):
    """A project with a line of each kind."""
    found = ProjectFactory(lead=secretariat, ends_on=dt.date(2021, 12, 31))
    grant = FundingLineFactory(project=found, giver=OrganisationFactory(short_name="QUY"), currency="EUR")
    BudgetLineFactory(funding=grant, name_vi="Tập huấn", planned=1500)
    ProjectPartnerFactory(project=found, organisation=OrganisationFactory(short_name="SO-TP"), role="state")
    outcome = ResultFactory(project=found, level="outcome", statement_vi="Luật tốt hơn")
    result = ResultFactory(project=found, parent=outcome, statement_vi="Trẻ em được nghe")
    result.activities.add(ActivityFactory(title="Buổi đối thoại", projects=[found]))
    indicator = ProjectIndicatorFactory(result=result, name_vi="Số em", target=90)
    IndicatorValueFactory(indicator=indicator, value=Decimal("40.5"), **YEAR)
    return found


def indicator_of(project):
    return project.results.get(parent__isnull=False).indicators.get()


def write(client, project, part, name, *lines, initial=()):
    """Send lines as the page does: those that stand, with what is changed of them, and new ones."""
    data = formset(name, *initial, *lines) | {f"{name}-INITIAL_FORMS": len(initial)}
    answer = client.post(f"{project.get_absolute_url()}{part}/", data)
    assert answer.status_code == 302, answer.content.decode()
    project.refresh_from_db()


def as_typed(row):
    """Return the fields of a line as its page sends them back unchanged."""
    found = model_to_dict(row, exclude=["project", "activities"])
    return {name: value for name, value in found.items() if value is not None}


def change_value(client, project, value):
    indicator = indicator_of(project)
    there = {"id": indicator.values.get().pk, **YEAR, "value": value}
    write(client, project, f"indicators/{indicator.pk}", "values", initial=[there])


def page_of(client, project):
    return client.get(f"{project.get_absolute_url()}history/").content.decode()


def go_back(client, project, index):
    version = project.history.order_by("version")[index]
    answer = client.post(f"{project.get_absolute_url()}history/{version.pk}/")
    project.refresh_from_db()
    return answer.status_code


def all_lines(project):
    """Return every line of the project as the database has it, its key too."""
    return {
        "proof": list(project.results.order_by("pk").values_list("pk", "activities")),
        **{
            kind.name: list(kind.model.objects.filter(**{kind.to_project: project}).order_by("pk").values())
            for kind in earlier_lines.KINDS
        },
    }


def test_history_says_which_number_went_from_what_to_what(client, staff, project):
    client.force_login(staff)

    change_value(client, project, "1.234,5")

    assert "Giá trị theo kỳ, “Số em, 01/01/2020, 31/12/2020”: Giá trị: từ “40,5” thành “1.234,5”" in page_of(
        client, project
    )


def test_what_lines_cost_does_not_grow_with_them(client, staff, project, django_assert_num_queries):
    def add_partner():
        data = formset("partners", {"organisation": OrganisationFactory().pk, "role": "cso"})
        client.post(f"{project.get_absolute_url()}lines/partners/", data)

    client.force_login(staff)
    add_partner()
    with CaptureQueriesContext(connection) as few:
        add_partner()
    for _each in range(20):
        ProjectPartnerFactory(project=project, role="media")
    with django_assert_num_queries(len(few)):
        add_partner()
    with django_assert_num_queries(19), earlier_lines.kept(project):
        pass


def test_history_names_lines_that_came_and_went(client, staff, project):
    guest = OrganisationFactory(name_vi="Báo Thiếu niên", short_name="")
    partner = project.partners.get()
    client.force_login(staff)
    there = {"id": partner.pk, "organisation": partner.organisation_id, "role": "state", "DELETE": "on"}
    write(
        client, project, "lines/partners", "partners", {"organisation": guest.pk, "role": "media"},
        initial=[there],
    )  # fmt: skip

    page = page_of(client, project)

    assert "Đối tác: bỏ “SO-TP”" in page
    assert "Đối tác: thêm “Báo Thiếu niên”" in page


def test_history_says_what_no_longer_shows_a_result(client, staff, project):
    result = project.results.get(parent__isnull=False)
    client.force_login(staff)
    client.post(f"{project.get_absolute_url()}results/{result.pk}/activities/", {"version": project.version})

    assert "“Trẻ em được nghe”: bỏ “Buổi đối thoại”" in page_of(client, project)


def test_every_line_comes_back_under_its_key_and_forward_again(client, staff, project):
    first = all_lines(project)
    client.force_login(staff)
    change_value(client, project, "45")
    for held in ("funding", "partners", "results"):
        rows = [as_typed(row) | {"DELETE": "on"} for row in getattr(project, held).order_by("pk")]
        write(client, project, f"lines/{held}", held, initial=rows)
    emptied = all_lines(project)
    assert not any(emptied.values())

    assert go_back(client, project, 0) == 302
    assert all_lines(project) == first
    assert go_back(client, project, 4) == 302
    assert all_lines(project) == emptied
    assert go_back(client, project, 1) == 302
    assert IndicatorValue.objects.get().value == 45


def test_lines_that_never_changed_stay_untouched(client, staff, project):
    first = all_lines(project)
    project.title_vi = "Tên sau"
    project.save()
    client.force_login(staff)

    go_back(client, project, 0)

    assert all_lines(project) == first
    assert project.title_vi != "Tên sau"
    assert not LinesVersion.objects.exists()


@pytest.mark.parametrize("who", ["staff", "coordinator"])
def test_no_way_back_leads_around_the_lock_on_reported_values(client, request, project, who):
    client.force_login(request.getfixturevalue("coordinator"))
    change_value(client, project, "45")
    project.locked_until = dt.date(2020, 6, 30)
    project.save()
    client.force_login(request.getfixturevalue(who))

    status = go_back(client, project, 0)

    may = who == "coordinator"
    assert status == (302 if may else 409)
    assert IndicatorValue.objects.get().value == (Decimal("40.5") if may else 45)


@pytest.mark.parametrize(
    ("locked_until", "status"), [(dt.date(2021, 12, 31), 409), (dt.date(2021, 6, 30), 302)]
)
def test_money_is_locked_once_the_project_is_locked_up_to_its_end(
    client, staff, project, locked_until, status
):
    there = as_typed(project.funding.get())
    client.force_login(staff)
    write(client, project, "lines/funding", "funding", initial=[there | {"amount": "5"}])
    project.locked_until = locked_until
    project.save()

    assert go_back(client, project, 0) == status
    assert (FundingLine.objects.get().amount == 5) is (status == 409)


def test_two_people_choosing_what_shows_a_result_do_not_overwrite_each_other(client, staff, project):
    result = project.results.get(parent__isnull=False)
    address = f"{project.get_absolute_url()}results/{result.pk}/activities/"
    other = ActivityFactory(projects=[project])
    client.force_login(staff)
    assert 'name="version" value="1"' in client.get(address).content.decode()

    assert client.post(address, {"version": 1, "activities": [other.pk]}).status_code == 302
    stale = client.post(address, {"version": 1})
    assert stale.status_code == 409
    assert str(other.title) in stale.content.decode()
    assert list(result.activities.all()) == [other]


def test_a_conflict_shows_what_is_saved_beside_what_was_typed(client, staff, project):
    grant, other = project.funding.get(), OrganisationFactory(short_name="QUY-2")
    there = as_typed(grant)
    client.force_login(staff)
    read = project.version
    write(client, project, "lines/funding", "funding", initial=[there | {"amount": "1500"}])

    stale = there | {"amount": "2.000.000", "giver": other.pk}
    new = {
        "order": 2,
        "giver": OrganisationFactory(short_name="QUY-3").pk,
        "receiver": grant.receiver_id,
        "currency": "USD",
    }
    data = formset("funding", stale, new, version=read) | {"funding-INITIAL_FORMS": 1}
    answer = client.post(f"{project.get_absolute_url()}lines/funding/", data)

    assert answer.status_code == 409
    rows = {label: (saved, mine) for label, saved, mine in answer.context["conflict"].typed}
    assert rows["Dòng 1: Số tiền"] == ("1.500", "2.000.000")
    assert rows["Dòng 1: Từ"] == ("QUY", "QUY-2")
    assert rows["Dòng 2: Từ"] == ("", "QUY-3")
    grant.refresh_from_db()
    assert grant.amount == 1500

    over = client.post(f"{project.get_absolute_url()}lines/funding/", data | {"version": read + 1})
    assert over.status_code == 302
    assert sorted(project.funding.values_list("currency", "amount")) == [("EUR", 2000000), ("USD", None)]


def test_of_two_people_at_once_the_second_leaves_no_trace(client, staff, project):
    client.force_login(staff)
    read = project.version
    guests = [OrganisationFactory(), OrganisationFactory()]
    lines = [formset("partners", {"organisation": guest.pk, "role": "cso"}, version=read) for guest in guests]

    statuses = [
        client.post(f"{project.get_absolute_url()}lines/partners/", data).status_code for data in lines
    ]

    assert statuses == [302, 409]
    assert sorted(LinesVersion.objects.values_list("version", flat=True)) == [read, read + 1]
