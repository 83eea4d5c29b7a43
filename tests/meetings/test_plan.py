"""The annual plan: the year on one page, who changes it, and that a month lies in its quarter."""

import pytest
from django.urls import reverse

from meetings.models import PlanItem
from tests.factories.meetings import ActionPointFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


def plan(client, year=2015):
    return client.get(reverse("meetings:plan_page", args=[year]))


def test_the_year_stands_under_its_pillars(client, focal, reference):
    item = PlanItemFactory(title="Tập huấn cơ bản", quarter=1, month=3, state="done")
    item.points.add(ActionPointFactory(text="Gửi chương trình tập huấn"))
    PlanItemFactory(year=2016)
    client.force_login(focal)

    page = plan(client)

    assert [(pillar.code, [each.title for each in items]) for pillar, items in page.context["pillars"]] == [
        ("capacity", ["Tập huấn cơ bản"])]  # fmt: skip
    assert "Gửi chương trình tập huấn" in page.content.decode()


def test_the_plan_takes_a_constant_number_of_statements(client, staff, reference, django_assert_num_queries):
    client.force_login(staff)
    plan(client)
    for number in (1, 2):
        for _each in range(number):
            PlanItemFactory().points.add(ActionPointFactory())
        with django_assert_num_queries(7):
            plan(client)


def test_members_read_and_the_secretariat_writes(client, focal, staff, reference):
    item = PlanItemFactory()
    address = reverse("meetings:plan_item_edit", args=[item.public_id])

    client.force_login(focal)
    assert client.get(address).status_code == 403
    client.force_login(staff)
    assert client.get(address).status_code == 200


def test_a_donors_reader_sees_no_plan(client, donor, reference):
    client.force_login(donor)

    assert plan(client).status_code == 403


def test_an_item_is_added_once(client, staff, member, reference):
    client.force_login(staff)
    posted = {
        "pillar": PlanItemFactory().pillar.pk, "title": "Thư ngỏ", "lead": member.pk, "quarter": 2, "month": 4,
        "state": "planned", "client_uuid": "8b4a7a10-7b1c-4c53-9a3b-0d7a1c6d9f13",
    }  # fmt: skip

    for _time in (1, 2):
        client.post(reverse("meetings:plan_item_new", args=[2015]), posted)

    assert PlanItem.objects.filter(title="Thư ngỏ", lead=member, year=2015).count() == 1


def test_a_month_lies_in_its_quarter(client, staff, reference):
    item = PlanItemFactory(quarter=1)
    client.force_login(staff)

    answer = client.post(
        reverse("meetings:plan_item_edit", args=[item.public_id]),
        {
            "pillar": item.pillar.pk,
            "title": item.title,
            "quarter": 1,
            "month": 12,
            "state": "planned",
            "version": 1,
        },
    )

    assert answer.context["form"].errors


@pytest.mark.parametrize("year", [0, 1999, 99999])
def test_a_year_out_of_reach_is_not_found(client, staff, year):
    client.force_login(staff)

    assert plan(client, year).status_code == 404


def board(client, year=2015):
    return client.get(reverse("meetings:plan_board", args=[year]))


def test_the_board_shows_the_year_by_state_and_an_item_moves(client, staff, focal, reference):
    item = PlanItemFactory(title="Thư ngỏ", state="planned")
    PlanItemFactory(title="Việc năm khác", year=2016)
    move = reverse("meetings:plan_item_state", args=[item.public_id])
    client.force_login(staff)
    for _time in (1, 2):
        client.post(move, {"state": "under_way"})
    client.post(move, {"state": "chưa từng có"})

    client.force_login(focal)
    columns = {
        state: [str(each) for each in items] for state, _label, items in board(client).context["columns"]
    }

    assert columns == {"planned": [], "under_way": ["Thư ngỏ"], "done": [], "moved": []}
    assert item.history.count() == 2
    assert client.post(move, {"state": "done"}).status_code == 403


def test_a_donors_reader_sees_no_board(client, donor, reference):
    client.force_login(donor)

    assert board(client).status_code == 403


def test_the_board_takes_a_constant_number_of_statements(
    client, staff, member, reference, django_assert_num_queries
):
    client.force_login(staff)
    board(client)
    for number in (1, 2):
        for _each in range(number):
            PlanItemFactory().partners.add(member)
        with django_assert_num_queries(4):
            board(client)


def test_what_carries_an_item_out_is_named_only_to_those_who_may_see_it(client, focal, staff, reference):
    item = PlanItemFactory()
    hidden = ActionPointFactory(meeting__activity__is_shared=False, text="Việc trong cuộc họp kín")
    item.points.add(hidden)
    item.activities.add(hidden.meeting.activity)

    client.force_login(focal)
    page = plan(client).content.decode()
    assert ("Việc trong cuộc họp kín" in page, str(hidden.meeting.activity) in page) == (False, False)
    client.force_login(staff)
    assert "Việc trong cuộc họp kín" in plan(client).content.decode()
