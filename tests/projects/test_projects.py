"""Projects, publications and policy inputs: their pages, changes, lines and overlaps."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import PolicyInput, Project, Publication
from tests.factories.members import OrganisationFactory
from tests.factories.projects import (
    ActivityFactory,
    FundingLineFactory,
    IndicatorValueFactory,
    ParticipationFactory,
    PolicyInputFactory,
    ProjectFactory,
    ProjectIndicatorFactory,
    ProjectPartnerFactory,
    PublicationFactory,
    ResultFactory,
)
from tests.files.test_checks import docx


@pytest.fixture
def project(secretariat):
    return ProjectFactory(
        lead=secretariat, title_vi="Quản trị quyền trẻ em", objective_vi="Nâng cao năng lực"
    )


def test_a_project_reads_like_a_document(client, focal, project, donor_organisation, secretariat):
    through = OrganisationFactory(name_vi="Tổ chức trung gian")
    FundingLineFactory(project=project, giver=donor_organisation, receiver=through, order=1)
    FundingLineFactory(project=project, giver=through, receiver=secretariat, order=2)
    ProjectPartnerFactory(
        project=project, organisation=OrganisationFactory(name_vi="Cục Trẻ em"), role="state"
    )
    result = ResultFactory(project=project, statement_vi="Tổ chức mạnh hơn", achieved_vi="Gần 200 tổ chức")
    indicator = ProjectIndicatorFactory(result=result, name_vi="Số tổ chức", target=150)
    IndicatorValueFactory(indicator=indicator, value=100)
    IndicatorValueFactory(
        indicator=indicator, value=87, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31)
    )
    activity = ActivityFactory(title="Tập huấn", lead=secretariat, projects=[project], is_shared=True)
    ParticipationFactory(activity=activity, organisation=OrganisationFactory(), count=12)
    PublicationFactory(project=project, title_vi="Sổ tay")
    PolicyInputFactory(project=project, title="Góp ý chương trình")
    client.force_login(focal)

    page = client.get(project.get_absolute_url()).content.decode()

    for words in (
        "Quản trị quyền trẻ em", "01.05.2019", "Nhà tài trợ", "Tổ chức trung gian", "Nâng cao năng lực", "Cục Trẻ em",
        "Tổ chức mạnh hơn", "Gần 200 tổ chức", "187", "Tập huấn", "Sổ tay", "Góp ý chương trình",
    ):  # fmt: skip
        assert words in page, words


def test_the_page_takes_ten_statements_whatever_it_holds(client, focal, project, django_assert_num_queries):
    client.force_login(focal)
    client.get(project.get_absolute_url())
    with django_assert_num_queries(10):
        client.get(project.get_absolute_url())
    for number in range(20):
        ActivityFactory(projects=[project], is_shared=True)
        IndicatorValueFactory(indicator__result=ResultFactory(project=project, order=number + 50))
        PublicationFactory(project=project)
        ProjectPartnerFactory(project=project)
    with django_assert_num_queries(10):
        client.get(project.get_absolute_url())


def test_a_draft_is_open_to_its_lead_only_and_a_donor_sees_what_it_funds(
    client, focal, stranger, donor, donor_organisation, member
):
    draft = ProjectFactory(lead=member, state="draft")
    funded = FundingLineFactory(giver=donor_organisation).project
    for person, address, status in (
        (focal, draft, 200), (stranger, draft, 404), (donor, draft, 404), (donor, funded, 200),
        (donor, ProjectFactory(), 404),
    ):  # fmt: skip
        client.force_login(person)
        assert client.get(address.get_absolute_url()).status_code == status


def form_of(project, **changes):
    return {
        "code": project.code, "title_vi": project.title_vi, "phase": 1, "lead": project.lead_id, "state": "open",
        "starts_on": "2019-05-01", "version": project.version, **changes,
    }  # fmt: skip


def test_staff_add_and_change_projects_and_members_do_not(client, staff, focal, project):
    client.force_login(focal)
    assert client.post("/projects/new/", form_of(project)).status_code == 403
    assert client.post(f"{project.get_absolute_url()}edit/", form_of(project)).status_code == 403
    client.force_login(staff)
    assert client.post("/projects/new/", form_of(project, code="MOI")).status_code == 302
    assert (
        client.post(f"{project.get_absolute_url()}edit/", form_of(project, title_vi="Tên mới")).status_code
        == 302
    )
    assert (
        client.post(f"{project.get_absolute_url()}edit/", form_of(project, title_vi="Cũ")).status_code == 409
    )
    assert (
        client.post("/projects/new/", form_of(project, code="SAI", ends_on="2018-01-01")).status_code == 422
    )
    assert Project.objects.get(pk=project.pk).title_vi == "Tên mới"


@pytest.mark.parametrize("what", ["funding", "partners", "results"])
def test_lines_are_added(client, staff, focal, project, what):
    given, taken = OrganisationFactory(), OrganisationFactory()
    lines = {
        "funding": {
            "order": 1,
            "giver": given.pk,
            "receiver": taken.pk,
            "amount": "1.500.000",
            "currency": "VND",
        },
        "partners": {"organisation": given.pk, "role": "cso"},
        "results": {"level": "output", "order": 1, "statement_vi": "Kết quả"},
    }[what]
    data = {f"{what}-TOTAL_FORMS": 1, f"{what}-INITIAL_FORMS": 0} | {
        f"{what}-0-{name}": value for name, value in lines.items()
    }
    address = f"{project.get_absolute_url()}lines/{what}/"

    client.force_login(focal)
    assert client.post(address, data).status_code == 403
    client.force_login(staff)
    assert client.get(address).status_code == 200
    assert client.post(address, data).status_code == 302
    assert getattr(project, what).count() == 1
    if what == "funding":
        assert project.funding.get().amount == 1_500_000


def test_indicators_of_a_result_and_no_other_lines(client, staff, project):
    result = ResultFactory(project=project)
    client.force_login(staff)
    address = f"{project.get_absolute_url()}results/{result.pk}/"

    data = {"indicators-TOTAL_FORMS": 1, "indicators-INITIAL_FORMS": 0, "indicators-0-name_vi": "Số tổ chức"}
    assert client.post(address, data).status_code == 302
    assert result.indicators.get().name_vi == "Số tổ chức"
    assert client.get(f"{ProjectFactory().get_absolute_url()}results/{result.pk}/").status_code == 404
    assert client.get(f"{project.get_absolute_url()}lines/nothing/").status_code == 404


def test_a_project_is_archived_and_brought_back(client, staff, focal, project):
    address = f"{project.get_absolute_url()}archive/"
    client.force_login(focal)
    assert client.post(address).status_code == 403
    client.force_login(staff)
    client.post(address)
    assert not Project.objects.filter(pk=project.pk).exists()
    client.post(address)
    assert Project.objects.filter(pk=project.pk).exists()
    assert client.get(f"{project.get_absolute_url()}history/").status_code == 200


def test_organisations_behind_the_number_are_listed_with_the_overlap(client, focal, project):
    other, guest = ProjectFactory(title_vi="Dự án kia"), OrganisationFactory(name_vi="Tổ chức được hỗ trợ A")
    for each in (project, other):
        ParticipationFactory(activity=ActivityFactory(projects=[each], is_shared=True), organisation=guest)
    client.force_login(focal)

    page = client.get(f"/activities/organisations/?project={project.public_id}").content.decode()

    assert "Tổ chức được hỗ trợ A" in page
    assert "Dự án kia" in page


def test_the_page_asks_for_the_overlap_once_it_stands(client, focal, project):
    other, guest = ProjectFactory(title_vi="Dự án kia"), OrganisationFactory()
    for each in (project, other):
        ParticipationFactory(activity=ActivityFactory(projects=[each], is_shared=True), organisation=guest)
    client.force_login(focal)
    address = f"{project.get_absolute_url()}overlaps/"

    assert f'hx-get="{address}"' in client.get(project.get_absolute_url()).content.decode()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "overlaps"}).content.decode()
    assert part.startswith('<div id="overlaps">')
    assert "Dự án kia" in part
    assert "<html" in client.get(address).content.decode()


def test_the_overlap_tells_no_project_and_no_activity_that_one_may_not_see(client, stranger, project, member):
    guest, draft = OrganisationFactory(), ProjectFactory(title_vi="Dự án nháp", state="draft", lead=member)
    quiet = ProjectFactory(title_vi="Dự án lặng")
    for each in (project, draft):
        ParticipationFactory(activity=ActivityFactory(projects=[each], is_shared=True), organisation=guest)
    hidden = ActivityFactory(projects=[quiet], lead=member, is_shared=False)
    ParticipationFactory(activity=hidden, organisation=guest)
    client.force_login(stranger)

    page = client.get(f"{project.get_absolute_url()}overlaps/").content.decode()

    assert "Dự án nháp" not in page
    assert "Dự án lặng" not in page


# Publications and policy inputs


def test_a_publication_is_added_with_its_file(client, staff, focal, project, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = {"title_vi": "Cẩm nang", "kind": "handbook", "languages": "vi", "project": project.pk}

    client.force_login(focal)
    assert client.post("/publications/new/", data).status_code == 403
    client.force_login(staff)
    wrong = client.post("/publications/new/", {**data, "upload": SimpleUploadedFile("a.exe", b"MZ")})
    assert wrong.status_code == 422
    response = client.post("/publications/new/", {**data, "upload": SimpleUploadedFile("a.docx", docx())})

    publication = Publication.objects.get()
    assert response.url == publication.get_absolute_url()
    assert publication.file.original_name == "a.docx"
    client.force_login(focal)
    assert client.get(f"/files/{publication.file.public_id}/").status_code == 200


def test_publications_and_inputs_have_pages_for_members_and_donors_see_their_own(
    client, focal, donor, donor_organisation, project
):
    funded = FundingLineFactory(giver=donor_organisation).project
    for make in (PublicationFactory, PolicyInputFactory):
        theirs, others = make(project=funded), make(project=project)
        for person, record, status in ((focal, others, 200), (donor, theirs, 200), (donor, others, 404)):
            client.force_login(person)
            assert client.get(record.get_absolute_url()).status_code == status


def test_a_submitted_input_needs_its_day(client, staff, focal):
    data = {"title": "Góp ý", "stage": "submitted"}
    client.force_login(focal)
    assert client.post("/policy-inputs/new/", data).status_code == 403
    client.force_login(staff)

    assert client.post("/policy-inputs/new/", data).status_code == 422
    assert client.post("/policy-inputs/new/", {**data, "submitted_on": "2020-05-01"}).status_code == 302
    record = PolicyInput.objects.get()
    changed = {**data, "stage": "adopted", "submitted_on": "2020-05-01", "version": 1}
    assert client.post(f"{record.get_absolute_url()}edit/", changed).status_code == 302
    assert client.post(f"{record.get_absolute_url()}edit/", changed).status_code == 409


# Many at once


def test_many_are_changed_together_after_a_look(client, focal, member, project):
    mine = [ActivityFactory(lead=member, kind="training") for _number in range(3)]
    theirs = ActivityFactory(kind="training", is_shared=True)
    client.force_login(focal)
    address = "/activities/change/?kind=training"
    data = {"project": project.public_id, "is_shared": "yes"}

    assert client.post(address, {}).status_code == 422
    look = client.post(address, data)
    assert (look.context["number"], look.context["left_out"]) == (3, 1)
    assert project.activities.count() == 0
    assert client.post(address, {**data, "confirmed": "3"}).url == "/activities/?kind=training"
    client.post(address, {**data, "confirmed": "3"})

    assert {*project.activities.all()} == {*mine}
    assert theirs not in project.activities.all()
    mine[0].refresh_from_db()
    assert (mine[0].is_shared, mine[0].version, mine[0].history.count()) == (True, 2, 2)


def test_many_cannot_be_changed_by_readers(client, viewer, donor):
    for person in (viewer, donor):
        client.force_login(person)
        assert client.get("/activities/change/").status_code == 403
