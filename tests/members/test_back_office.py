"""The back office: coordinators only, behind the portal's own log-in; sheets in and out."""

import io

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from coalition.members import names
from coalition.members.models import Organisation
from coalition.members.resources import OrganisationResource
from coalition.reference import models
from tests.factories.members import OrganisationAliasFactory, OrganisationFactory
from tests.members.logging_in import logged_in

PAGES = [
    "/back-office/",
    "/back-office/members/organisation/",
    "/back-office/members/organisation/add/",
    "/back-office/members/organisation/import/",
    "/back-office/members/organisation/export/",
    "/back-office/reference/recommendation/",
    "/back-office/reference/recommendation/import/",
    "/back-office/reference/calendarday/",
    "/back-office/reference/calendarday/add/",
    "/back-office/reference/province/",
    "/back-office/reference/article/",
    "/back-office/jsi18n/",
]


@pytest.mark.parametrize("address", PAGES)
def test_it_opens_to_coordinators(coordinator, address, reference):
    assert logged_in(coordinator).get(address).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/back-office/login/", "/back-office/nowhere/"])
def test_it_is_closed_to_everybody_else(client, staff, focal, donor, address):
    for user in (staff, focal, donor):
        assert logged_in(user).get(address).status_code == 403
    assert client.get(address, follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_a_superuser_without_a_role_has_no_business_here(db):
    from coalition.members.models import User

    assert (
        logged_in(User.objects.create_superuser("root@example.org")).get("/back-office/").status_code == 403
    )


def test_packages_show_none_of_their_tables(coordinator):
    text = logged_in(coordinator).get("/back-office/").text

    assert "/back-office/account/" not in text
    assert "/back-office/mfa/" not in text
    assert "/back-office/auth/" not in text


def test_places_are_read_only_and_rows_stay(coordinator, reference):
    client = logged_in(coordinator)
    province = models.Province.objects.first()
    recommendation = models.Recommendation.objects.first()

    assert client.get("/back-office/reference/province/add/").status_code == 403
    assert (
        client.post(f"/back-office/reference/province/{province.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    answer = client.post(
        f"/back-office/reference/recommendation/{recommendation.pk}/delete/", {"post": "yes"}
    )
    assert answer.status_code == 403


def test_a_name_given_in_the_back_office_is_searched(coordinator, member):
    logged_in(coordinator).post(
        f"/back-office/members/organisation/{member.pk}/change/",
        {
            "code": "MEMBER",
            "name_vi": member.name_vi,
            "kind": "VNGO",
            "version": member.version,
            "aliases-TOTAL_FORMS": "1",
            "aliases-INITIAL_FORMS": "0",
            "aliases-0-name": "Tên gọi tắt",
            "coalition_periods-TOTAL_FORMS": "0",
            "coalition_periods-INITIAL_FORMS": "0",
        },
    )

    assert Organisation.objects.search("ten goi tat").get() == member
    assert names.find("Tên gọi tắt") == member.pk


def test_somebody_elses_save_is_not_written_over_here_either(coordinator, member):
    typed = {
        "code": "MEMBER",
        "name_vi": "Của tôi",
        "kind": "VNGO",
        "version": member.version,
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
        "coalition_periods-TOTAL_FORMS": "0",
        "coalition_periods-INITIAL_FORMS": "0",
    }
    member.save()

    answer = logged_in(coordinator).post(f"/back-office/members/organisation/{member.pk}/change/", typed)

    assert answer.status_code == 409


def test_organisations_come_back_as_they_went(db):
    organisation = OrganisationFactory(code="A1", name_vi="Tổ chức A", note="=1+1")
    OrganisationAliasFactory(organisation=organisation, name="Nhóm A")
    sheet = OrganisationResource().export()

    assert sheet["note"] == ["'=1+1"]
    result = OrganisationResource().import_data(sheet, raise_errors=True)

    assert {row.import_type for row in result.rows} == {"skip"}
    organisation.refresh_from_db()
    assert organisation.note == "=1+1"


def test_a_sheet_adds_and_corrects_by_code(member):
    sheet = tablib.Dataset(headers=["code", "name_vi", "kind", "aliases"])
    sheet.append(["MEMBER", "Tên mới", "VNGO", "Tên cũ; Tên tắt"])
    sheet.append(["B2", "To\u0302\u0309 chu\u031b\u0301c B", "INGO", ""])

    for _time in range(2):
        OrganisationResource().import_data(sheet, raise_errors=True)

    member.refresh_from_db()
    assert member.name_vi == "Tên mới"
    assert names.find("ten tat") == member.pk
    assert Organisation.objects.get(code="B2").name_vi == "Tổ chức B"


def test_a_sheet_cannot_reach_a_row_by_number(member, other_member):
    sheet = tablib.Dataset(headers=["id", "code", "name_vi", "kind"])
    sheet.append([other_member.pk, "MEMBER", "Chiếm chỗ", "VNGO"])

    OrganisationResource().import_data(sheet, raise_errors=True)

    other_member.refresh_from_db()
    assert other_member.name_vi == "Tổ chức khác"


def test_a_bad_sheet_is_told_row_by_row(coordinator, member):
    sheet = "code,name_vi,kind\nMEMBER,,VNGO\nC3,Tổ chức C,NOTHING\n".encode()

    answer = logged_in(coordinator).post(
        "/back-office/members/organisation/import/",
        {
            "import_file": SimpleUploadedFile("a.csv", sheet),
            "format": "0",
            "resource": "0",
        },
    )

    assert answer.status_code == 200
    assert len(answer.context["result"].invalid_rows) == 2
    member.refresh_from_db()
    assert member.name_vi == "Tổ chức thành viên"


def test_an_alias_of_another_organisation_in_a_sheet_is_an_error(member, other_member):
    OrganisationAliasFactory(organisation=other_member, name="Đã có chủ")
    sheet = tablib.Dataset(headers=["code", "name_vi", "kind", "aliases"])
    sheet.append(["MEMBER", "Tên", "VNGO", "ĐÃ CÓ CHỦ"])

    result = OrganisationResource().import_data(sheet)

    assert result.has_errors() or result.has_validation_errors()
    assert names.find("da co chu") == other_member.pk


def test_recommendations_are_completed_from_a_sheet(coordinator, reference):
    row = models.Recommendation.objects.filter(is_verified=False).first()
    sheet = tablib.Dataset(headers=["code", "paragraph", "is_verified"])
    sheet.append([row.code, "23", "1"])
    from coalition.reference.resources import RecommendationResource

    RecommendationResource().import_data(sheet, raise_errors=True)

    row.refresh_from_db()
    assert (row.paragraph, row.is_verified) == ("23", True)


def test_an_export_is_a_workbook(coordinator, member):
    answer = logged_in(coordinator).post(
        "/back-office/members/organisation/export/",
        {"format": "1", "resource": "0", "organisationresource_code": "on"},
    )

    assert answer.status_code == 200
    import openpyxl

    assert openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
