"""What everybody may read without log-in: a project's document, publications, and no small number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import disclosure
from projects.models import DownloadCount
from tests.factories.files import StoredFileFactory
from tests.factories.projects import (
    ActivityFactory,
    FundingLineFactory,
    ParticipationFactory,
    ProjectFactory,
    PublicationFactory,
    ResultFactory,
)

TABLES = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(0, 60), min_size=1
)


@pytest.fixture
def project(secretariat):
    return ProjectFactory(
        lead=secretariat, is_public=True, title_vi="Quản trị quyền trẻ em", objective_vi="Nâng cao năng lực"
    )


def test_everybody_reads_an_open_project_as_its_document(client, project, secretariat, donor_organisation):
    FundingLineFactory(project=project, giver=donor_organisation, receiver=secretariat, amount=987654)
    ResultFactory(project=project, achieved_vi="Gần 200 tổ chức")
    told = {"projects": [project], "lead": secretariat, "is_shared": True}
    ParticipationFactory(activity=ActivityFactory(title="Buổi tập huấn", **told), count=12)
    ActivityFactory(title="Việc nội bộ", **{**told, "is_shared": False})
    ActivityFactory(title="Việc sắp tới", **told, state="planned")

    page = client.get(f"/open/projects/{project.public_id}/").content.decode()

    for words in ("01.05.2019", donor_organisation.name, "Nâng cao năng lực", "Gần 200", "Buổi tập huấn"):
        assert words in page, words
    for words in ("Việc nội bộ", "Việc sắp tới", "987"):
        assert words not in page, words
    assert project.title_vi in client.get("/open/").content.decode()


@pytest.mark.parametrize("fields", [{"is_public": False}, {"is_public": True, "state": "draft"}])
def test_what_is_not_open_is_not_found(client, secretariat, fields):
    project = ProjectFactory(lead=secretariat, **fields)

    assert client.get(f"/open/projects/{project.public_id}/").status_code == 404
    assert project.title_vi not in client.get("/open/").content.decode()


def test_a_small_number_of_children_is_hidden_with_what_would_give_it_away(client, project):
    activity = ActivityFactory(projects=[project], is_shared=True)
    for group, age, sex, count in (
        ("children", "11-15", "female", 3), ("children", "6-10", "male", 41), ("children", "6-10", "unknown", 77),
        ("parents", "18+", "female", 52), ("parents", "18+", "male", 63), ("parents", "18+", "unknown", 88),
    ):  # fmt: skip
        ParticipationFactory(activity=activity, group=group, age=age, sex=sex, count=count)

    page = client.get(f"/open/projects/{project.public_id}/").content.decode()

    shown = {number: f'<td class="num">{number}</td>' in page for number in (3, 41, 77, 52, 63, 88, 121)}
    assert shown == {3: False, 41: False, 77: True, 52: False, 63: False, 88: True, 121: True}


@given(TABLES)
def test_where_sums_stand_no_hidden_number_can_be_worked_out_from_them(table):
    shown = disclosure.hide_small(table)
    of_rows, of_columns, together = disclosure.sums(table)

    assert not any(number in (1, 2, 3, 4) for number in shown.values())
    if together is None:
        assert {*of_rows.values(), *of_columns.values()} == {None}
        return
    assert not any(number in (1, 2, 3, 4) for number in (*of_rows.values(), *of_columns.values()))
    for side in (0, 1):
        for key in {cell[side] for cell in table}:
            hidden = [table[cell] for cell in table if cell[side] == key and shown[cell] is None]
            assert len(hidden) != 1
            assert sum(hidden) == 0 or sum(hidden) >= 5


def test_a_line_of_one_cell_does_not_give_its_neighbour_away():
    table = {("children", "female"): 3, ("adults", "female"): 50}

    assert disclosure.sums(table) == ({"children": None, "adults": None}, {"female": None}, None)
    assert disclosure.hide_small(table)["children", "female"] is None


# Publications: fetched, counted, not tracked


def test_each_fetch_of_a_public_publication_is_counted_and_no_cookie_is_set(client, db):
    publication = PublicationFactory(file=StoredFileFactory(kind="pdf"), is_public=True)
    address = f"/publications/{publication.public_id}/get/"

    answers = [client.get(address), client.get(address)]
    client.head(address)
    client.get(address, HTTP_RANGE="bytes=500-")
    client.get(address, HTTP_USER_AGENT="Examplebot/2.1")

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not answers[0].cookies
    assert DownloadCount.objects.get().number == 2


def test_a_link_is_followed_and_counted_and_nothing_to_get_is_not_found(client, coordinator):
    linked = PublicationFactory(link="https://example.org/so-tay.pdf", is_public=True)
    empty = PublicationFactory(is_public=True)

    assert client.get(f"/publications/{linked.public_id}/get/").url == linked.link
    assert client.get(f"/publications/{empty.public_id}/get/").status_code == 404
    client.force_login(coordinator)
    assert '"figure-value">1<' in client.get(linked.get_absolute_url()).content.decode()


def test_what_is_not_public_is_fetched_by_those_who_see_it_only(client, focal, donor):
    publication = PublicationFactory(link="https://example.org/noi-bo.pdf")
    address = f"/publications/{publication.public_id}/get/"

    assert client.get(address).status_code == 404
    client.force_login(donor)
    assert client.get(address).status_code == 404
    client.force_login(focal)
    assert client.get(address).status_code == 302
