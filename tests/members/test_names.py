"""People write an organisation's name in many ways; each leads to one organisation."""

import pytest

from coalition.members import actions, names
from coalition.members.models import OrganisationAlias
from tests.factories.members import OrganisationFactory


def test_an_organisation_is_found_by_each_of_its_names(db):
    plan = OrganisationFactory(
        code="PLAN", name_vi="Tổ chức Plan", name_en="Plan International", short_name="Plan VN"
    )
    OrganisationAlias.objects.create(organisation=plan, name="Plan Việt Nam")

    written = ("plan", "TỔ CHỨC PLAN", "Plan International", "plan vn", "plan viet nam")

    assert [names.find(name) for name in written] == [plan.pk] * 5
    assert names.find("Plan Lào") is None


def test_the_index_takes_two_statements(db, django_assert_num_queries):
    OrganisationFactory.create_batch(3)

    with django_assert_num_queries(2):
        names.index()


def test_a_merged_organisation_leads_to_the_one_that_stayed(db):
    stayed = OrganisationFactory(code="STAYED")
    merged = OrganisationFactory(code="MERGED", merged_into=stayed)
    merged.archive()
    OrganisationFactory(code="FIRST", merged_into=merged).archive()

    assert names.find("merged") == names.find("first") == stayed.pk


def test_an_alias_belongs_to_one_organisation(db):
    actions.set_aliases(organisation=OrganisationFactory(), names=["Tầm nhìn"])

    with pytest.raises(ValueError, match="Tầm nhìn"):
        actions.set_aliases(organisation=OrganisationFactory(), names=["TAM NHIN"])


def test_aliases_can_be_set_twice_and_are_searched(db):
    organisation = OrganisationFactory(name_vi="Tổ chức Tầm nhìn Thế giới")

    for _time in range(2):
        actions.set_aliases(organisation=organisation, names=["WV", "TNTG", ""])

    assert sorted(organisation.aliases.values_list("name", flat=True)) == ["TNTG", "WV"]
    assert type(organisation).objects.search("tntg").get() == organisation
