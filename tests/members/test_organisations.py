"""The address book: who sees it, who corrects it, and how two entries become one."""

import datetime as dt

import pytest

from coalition.members import actions, names
from coalition.members.models import CoalitionPeriod, Membership, Organisation
from tests.factories.members import (
    CoalitionPeriodFactory,
    MembershipFactory,
    OrganisationAliasFactory,
    OrganisationFactory,
)


def _typed(organisation, **changes):
    return {
        "name_vi": organisation.name_vi,
        "name_en": organisation.name_en,
        "short_name": organisation.short_name,
        "code": organisation.code,
        "kind": organisation.kind,
        "email": "",
        "website": "",
        "note": "",
        "aliases": "",
        "version": organisation.version,
        "periods-TOTAL_FORMS": "0",
        "periods-INITIAL_FORMS": "0",
        **changes,
    }


def test_everybody_sees_the_address_book(client, donor, member):
    client.force_login(donor)

    assert member.name in client.get("/organisations/").text
    assert client.get(member.get_absolute_url()).status_code == 200


def test_the_list_is_searched_without_accents_and_by_other_names(client, focal):
    OrganisationAliasFactory(organisation=OrganisationFactory(name_vi="Tổ chức A"), name="không tìm")
    found = OrganisationFactory(name_vi="Tổ chức Tầm nhìn Thế giới")
    actions.set_aliases(organisation=found, names=["TNTG"])
    client.force_login(focal)

    for words in ("tam nhin", "tntg"):
        page = client.get("/organisations/", {"q": words})
        assert page.context["page"].object_list == [found]


def test_the_list_knows_who_is_a_member_today(client, focal, member, other_member):
    gone = OrganisationFactory(name_vi="Đã rời liên minh")
    CoalitionPeriodFactory(organisation=gone, ends_on=dt.date(2019, 12, 31))
    client.force_login(focal)

    inside = client.get("/organisations/?member=yes").context["page"].object_list
    outside = client.get("/organisations/?member=no").context["page"].object_list

    assert set(inside) == {member, other_member}
    assert outside == [gone]


def test_the_list_follows_the_vietnamese_alphabet(client, focal, member):
    for name in ("Đoàn B", "Dân A", "Âu Lạc", "An Bình"):
        OrganisationFactory(name_vi=name)
    client.force_login(focal)

    shown = [row.name_vi for row in client.get("/organisations/").context["page"].object_list]

    assert [name for name in shown if not name.startswith("Tổ")] == ["An Bình", "Âu Lạc", "Dân A", "Đoàn B"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_fixed_number_of_statements(client, focal, number, django_assert_num_queries):
    for organisation in OrganisationFactory.create_batch(number):
        MembershipFactory(organisation=organisation)
        CoalitionPeriodFactory(organisation=organisation)
    client.force_login(focal)

    with django_assert_num_queries(7):
        assert client.get("/organisations/").status_code == 200


def test_people_are_shown_to_members_and_addresses_to_few(
    client, focal, stranger, coordinator, donor, member
):
    page = member.get_absolute_url()
    shown = {}
    for user in (focal, stranger, coordinator, donor):
        client.force_login(user)
        text = client.get(page).text
        shown[user] = (
            focal.full_name in text.split("</header>")[1],
            "focal@example.org" in text.split("</header>")[1],
        )

    assert shown == {
        focal: (True, True),
        stranger: (True, False),
        coordinator: (True, True),
        donor: (False, False),
    }


def test_a_focal_point_corrects_its_own_organisation_only(client, focal, member, other_member):
    client.force_login(focal)

    answer = client.post(
        f"/organisations/{member.public_id}/edit/",
        _typed(
            member,
            name_en="Member",
            code="STOLEN",
            kind="DONOR",
            is_secretariat="on",
            aliases="TV\nThành viên một",
        ),
    )

    member.refresh_from_db()
    assert answer.status_code == 302
    assert member.name_en == "Member"
    assert (member.code, member.kind, member.is_secretariat) == ("MEMBER", "VNGO", False)
    assert names.find("thanh vien mot") == member.pk
    assert client.get(f"/organisations/{other_member.public_id}/edit/").status_code == 404
    assert client.get("/organisations/new/").status_code == 403


def test_a_contributor_does_not_correct_it(client, colleague, member):
    client.force_login(colleague)

    assert client.get(f"/organisations/{member.public_id}/edit/").status_code == 403


def test_an_alias_of_another_organisation_is_refused_with_its_name(client, staff, member, other_member):
    actions.set_aliases(organisation=other_member, names=["Tầm nhìn"])
    client.force_login(staff)

    answer = client.post(f"/organisations/{member.public_id}/edit/", _typed(member, aliases="TAM NHIN"))

    assert "Khác" in str(answer.context["form"].errors["aliases"])


def test_somebody_elses_save_is_not_written_over(client, staff, member):
    client.force_login(staff)
    typed = _typed(member, name_en="Mine")
    member.name_en = "Theirs"
    member.save()

    answer = client.post(f"/organisations/{member.public_id}/edit/", typed)

    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    member.refresh_from_db()
    assert member.name_en == "Theirs"


def test_the_secretariat_adds_an_organisation_once(client, staff):
    client.force_login(staff)
    form = client.get("/organisations/new/").context["form"]
    typed = {
        "name_vi": "Tổ chức mới",
        "code": "MOI",
        "kind": "VNGO",
        "client_uuid": str(form["client_uuid"].value()),
    }

    for _time in range(2):
        client.post("/organisations/new/", typed)

    assert Organisation.objects.filter(code="MOI").count() == 1


def test_a_period_is_added_and_cannot_end_before_it_starts(client, staff, member):
    client.force_login(staff)
    address = f"/organisations/{member.public_id}/edit/"
    period = {
        "periods-TOTAL_FORMS": "1",
        "periods-INITIAL_FORMS": "0",
        "periods-0-starts_on": "2020-01-01",
        "periods-0-ends_on": "2019-01-01",
    }

    refused = client.post(address, _typed(member, **period))
    period["periods-0-ends_on"] = ""
    saved = client.post(address, _typed(member, **period))

    assert (refused.status_code, saved.status_code) == (200, 302)
    assert CoalitionPeriod.objects.filter(organisation=member, starts_on="2020-01-01").exists()


def test_a_period_of_another_organisation_is_out_of_reach(client, staff, member, other_member):
    foreign = other_member.coalition_periods.get()
    client.force_login(staff)

    client.post(
        f"/organisations/{member.public_id}/edit/",
        _typed(
            member,
            **{
                "periods-TOTAL_FORMS": "1",
                "periods-INITIAL_FORMS": "1",
                "periods-0-id": foreign.pk,
                "periods-0-starts_on": "2001-01-01",
                "periods-0-ends_on": "",
            },
        ),
    )

    foreign.refresh_from_db()
    assert foreign.starts_on == dt.date(2010, 1, 1)


def test_merging_moves_names_and_people(client, staff, focal, member, other_member):
    actions.set_aliases(organisation=member, names=["Tên cũ"])
    earlier = OrganisationFactory(merged_into=member)
    client.force_login(staff)

    answer = client.post(f"/organisations/{member.public_id}/merge/", {"into": other_member.public_id})

    member.refresh_from_db()
    earlier.refresh_from_db()
    assert answer["Location"] == other_member.get_absolute_url()
    assert member.merged_into == earlier.merged_into == other_member
    assert member.archived_at
    assert {names.find(name) for name in ("Tên cũ", "MEMBER", "Tổ chức thành viên")} == {other_member.pk}
    assert Membership.objects.get(user=focal).organisation == other_member
    assert client.get(member.get_absolute_url())["Location"] == other_member.get_absolute_url()


def test_an_organisation_is_not_merged_into_itself_or_a_merged_one(client, staff, member, other_member):
    gone = OrganisationFactory(merged_into=other_member)
    client.force_login(staff)

    for into in (member, gone):
        answer = client.post(f"/organisations/{member.public_id}/merge/", {"into": into.public_id})
        assert "into" in answer.context["form"].errors


def test_the_archive_can_be_undone(client, staff, member):
    client.force_login(staff)
    address = f"/organisations/{member.public_id}/archive/"

    client.post(address)
    assert not Organisation.objects.filter(pk=member.pk).exists()
    client.post(address)
    assert Organisation.objects.filter(pk=member.pk).exists()


def test_the_page_tells_who_changed_what(client, staff, member):
    client.force_login(staff)
    client.post("/language/", {"language": "en"})
    client.post(f"/organisations/{member.public_id}/edit/", _typed(member, name_en="Member", kind="INGO"))

    told = client.get(member.get_absolute_url()).context["history"][0]

    assert told["who"] == staff
    assert "Name in English: “Member”" in told["changes"]
    assert any(change.startswith("Kind: from “Vietnamese civil-society") for change in told["changes"])
