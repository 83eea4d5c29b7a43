"""The activity log: quick entry, page, changes, conflict, archive, history."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from coalition.reference.models import Province
from projects.models import Activity
from tests.factories.meetings import MeetingFactory
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ActivityFactory, ParticipationFactory, ProjectFactory

LOG = "/activities/new/"


def quick(organisation, **changes):
    return {
        "title": "Tập huấn vận động chính sách", "kind": "training", "starts_on": "2026-03-05", "province": "",
        "lead": organisation.pk, "client_uuid": str(uuid.uuid4()), **changes,
    }  # fmt: skip


def test_an_activity_is_logged_with_simple_counts(client, focal, member):
    client.force_login(focal)

    response = client.post(LOG, quick(member, women="12", men="1.000", children=""))

    activity = Activity.objects.get()
    assert response.url == activity.get_absolute_url()
    assert (activity.lead, activity.created_by, activity.state) == (member, focal, "held")
    counts = {(row.group, row.sex, row.age): row.count for row in activity.participation.all()}
    assert counts == {("other", "female", "18+"): 12, ("other", "male", "18+"): 1000}


def test_zero_is_a_number_and_blank_is_not(client, focal, member):
    client.force_login(focal)

    client.post(LOG, quick(member, children="0"))

    assert [row.count for row in Activity.objects.get().participation.all()] == [0]


def test_the_same_form_sent_twice_makes_one_activity(client, focal, member):
    client.force_login(focal)
    data = quick(member, women="3")

    client.post(LOG, data)
    client.post(LOG, data)

    assert Activity.objects.count() == 1
    assert Activity.objects.get().participation.count() == 1


def test_a_day_to_come_makes_a_plan(client, focal, member):
    client.force_login(focal)
    day = timezone.localdate() + dt.timedelta(days=9)

    client.post(LOG, quick(member, starts_on=day.isoformat()))

    activity = Activity.objects.get()
    assert (activity.state, activity.planned_on) == ("planned", day)


def test_save_and_add_another_opens_an_empty_form(client, focal, member):
    client.force_login(focal)

    assert client.post(LOG, quick(member, again="1")).url == LOG


def test_one_like_it_starts_with_what_the_other_was(client, focal, member):
    client.force_login(focal)
    url = client.post(LOG, quick(member, like="1")).url

    assert url == f"{LOG}?like={Activity.objects.get().public_id}"
    assert "Tập huấn vận động chính sách" in client.get(url).content.decode()


def test_the_form_starts_with_today_the_own_organisation_and_its_only_open_project(client, focal, member):
    project = ProjectFactory(lead=member)
    ProjectFactory(lead=member, state="closed")
    client.force_login(focal)

    form = client.get(LOG).context["form"]

    assert form["starts_on"].value() == timezone.localdate()
    assert form["project"].value() == project.public_id
    assert form["lead"].is_hidden


@pytest.mark.parametrize(("field", "value"), [
    ("title", ""), ("kind", "nothing"), ("starts_on", "31/02/2026"), ("starts_on", "0001-01-01"), ("women", "many"),
    ("women", "-1"), ("women", "99999999999999999999"), ("lead", "999999"), ("province", "VN63-99"), ("project", "x"),
])  # fmt: skip
def test_bad_input_is_told_beside_the_field_and_nothing_is_lost(client, focal, member, field, value):
    client.force_login(focal)

    response = client.post(LOG, quick(member, place="Hội trường", **{field: value}))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Activity.objects.count() == 0


def test_nobody_logs_for_an_organisation_that_is_not_theirs(client, focal, other_member):
    client.force_login(focal)

    assert client.post(LOG, quick(other_member)).status_code == 422


@pytest.mark.parametrize("reader", ["viewer", "donor"])
def test_readers_do_not_log(client, request, member, reader):
    client.force_login(request.getfixturevalue(reader))

    assert client.post(LOG, quick(member)).status_code == 403


def test_a_place_is_kept_as_it_was_called_on_the_day(client, focal, member, reference):
    client.force_login(focal)
    new = Province.objects.get(uid="VN34-82")

    client.post(LOG, quick(member, starts_on="2020-06-01", province="VN63-82"))
    assert Activity.objects.latest("pk").province.uid == "VN63-82"
    client.post(LOG, quick(member, starts_on="2025-08-01", province="VN63-82"))
    assert Activity.objects.latest("pk").province == new
    response = client.post(LOG, quick(member, starts_on="2020-06-01", province="VN34-82"))
    assert "Tiền Giang" in str(response.context["form"].errors["province"])


def test_the_places_offered_follow_the_day(client, focal, reference):
    client.force_login(focal)

    before = client.get("/activities/provinces/?starts_on=2020-06-01").content.decode()
    after = client.get("/activities/provinces/?starts_on=2025-07-01").content.decode()

    assert 'value="VN63-82"' in before
    assert 'value="VN34-82"' not in before
    assert 'value="VN34-82"' in after
    assert client.get("/activities/provinces/?starts_on=nonsense").status_code == 200


# The page


def test_the_page_shows_the_activity_to_its_owner_and_404_to_a_stranger(client, focal, stranger, member):
    activity = ActivityFactory(lead=member, title="Đối thoại kín", summary="Điều riêng")
    for person, status in ((focal, 200), (stranger, 404)):
        client.force_login(person)
        assert client.get(activity.get_absolute_url()).status_code == status


def test_what_is_shared_is_read_by_others_but_not_changed(client, stranger, member):
    activity = ActivityFactory(lead=member, is_shared=True)
    client.force_login(stranger)

    assert client.get(activity.get_absolute_url()).status_code == 200
    for name in ("edit", "state", "people", "organisations", "evidence"):
        assert client.get(reverse(f"projects:{'evidence_add' if name == 'evidence' else f'activity_{name}'}",
                                  args=[activity.public_id])).status_code == 404  # fmt: skip
    for name in ("archive", "restore"):
        assert client.post(reverse(f"projects:activity_{name}", args=[activity.public_id])).status_code == 404


def test_a_page_with_three_and_with_two_hundred_counts_takes_the_same_statements(
    client, focal, member, django_assert_num_queries
):
    activity = ActivityFactory(lead=member)
    for _number in range(3):
        ParticipationFactory(activity=activity, organisation=OrganisationFactory())
    client.force_login(focal)
    client.get(activity.get_absolute_url())
    with django_assert_num_queries(STATEMENTS_OF_PAGE):
        client.get(activity.get_absolute_url())
    for _number in range(200):
        ParticipationFactory(activity=activity, organisation=OrganisationFactory())
    with django_assert_num_queries(STATEMENTS_OF_PAGE):
        client.get(activity.get_absolute_url())


STATEMENTS_OF_PAGE = 8


# Changes


def edit(activity, **changes):
    return {
        "title": activity.title, "kind": activity.kind, "starts_on": activity.starts_on.isoformat(),
        "lead": activity.lead_id, "version": activity.version, **changes,
    }  # fmt: skip


def test_an_activity_is_corrected(client, focal, member):
    activity = ActivityFactory(lead=member)
    client.force_login(focal)

    response = client.post(
        f"{activity.get_absolute_url()}edit/", edit(activity, outcome="Bản kiến nghị 5 điểm")
    )

    assert response.status_code == 302
    activity.refresh_from_db()
    assert (activity.outcome, activity.version) == ("Bản kiến nghị 5 điểm", 2)


def test_two_people_saving_get_a_conflict_page_with_both_texts(client, focal, member):
    activity = ActivityFactory(lead=member)
    stale = edit(activity, title="Tên của tôi")
    activity.title = "Tên của đồng nghiệp"
    activity.save()
    client.force_login(focal)

    response = client.post(f"{activity.get_absolute_url()}edit/", stale)

    assert response.status_code == 409
    assert "Tên của tôi" in response.content.decode()
    assert "Tên của đồng nghiệp" in response.content.decode()


def test_an_activity_cannot_end_before_it_starts(client, focal, member):
    activity = ActivityFactory(lead=member)
    client.force_login(focal)

    response = client.post(f"{activity.get_absolute_url()}edit/", edit(activity, ends_on="2020-01-01"))

    assert response.status_code == 422


def test_finished_numbers_are_locked_for_all_but_coordinators(client, focal, coordinator, member):
    project = ProjectFactory(lead=member, locked_until=dt.date(2026, 6, 30))
    activity = ActivityFactory(lead=member, projects=[project])
    for person, status in ((focal, 422), (coordinator, 302)):
        client.force_login(person)
        data = edit(Activity.objects.get(), title="Khác", projects=[project.pk])
        assert client.post(f"{activity.get_absolute_url()}edit/", data).status_code == status


def test_a_postponed_activity_keeps_its_first_day(client, focal, member):
    activity = ActivityFactory(lead=member, state="planned")
    client.force_login(focal)
    address = f"{activity.get_absolute_url()}state/"

    assert client.post(address, {"state": "postponed"}).status_code == 422
    client.post(address, {"state": "postponed", "state_reason": "Bão", "starts_on": "2026-12-01"})

    activity.refresh_from_db()
    assert (activity.state, activity.starts_on) == ("planned", dt.date(2026, 12, 1))
    assert (activity.planned_on, activity.state_reason) == (dt.date(2026, 3, 5), "Bão")


def test_archiving_leaves_the_list_and_can_be_undone_from_the_page(client, focal, stranger, member):
    activity = ActivityFactory(lead=member, is_shared=True)
    client.force_login(focal)

    client.post(f"{activity.get_absolute_url()}archive/")
    client.post(f"{activity.get_absolute_url()}archive/")
    assert not Activity.objects.exists()
    page = client.get(activity.get_absolute_url())
    assert f"{activity.get_absolute_url()}restore/" in page.content.decode()
    client.force_login(stranger)
    assert client.get(activity.get_absolute_url()).status_code == 404
    client.force_login(focal)
    client.post(f"{activity.get_absolute_url()}restore/")
    assert Activity.objects.get() == activity


def test_history_is_told_in_sentences_and_an_earlier_version_comes_back(client, focal, member):
    activity = ActivityFactory(lead=member, title="Tên đầu")
    client.force_login(focal)
    client.post(f"{activity.get_absolute_url()}edit/", edit(activity, title="Tên sau"))
    first = activity.history.earliest("history_date")

    page = client.get(f"{activity.get_absolute_url()}history/").content.decode()
    assert "Tên đầu" in page
    assert "Tên sau" in page
    client.post(f"{activity.get_absolute_url()}history/{first.pk}/")

    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("Tên đầu", 3)


def test_each_earlier_version_offers_the_way_back_to_those_who_may_change_it(client, focal, stranger, member):
    activity = ActivityFactory(lead=member, is_shared=True, title="Tên đầu")
    for title in ("Tên thứ hai", "Tên sau"):
        activity.title = title
        activity.save()
    address = f"{activity.get_absolute_url()}history/"
    newest, *earlier = activity.history.order_by("-version").values_list("pk", flat=True)

    client.force_login(focal)
    page = client.get(address).content.decode()
    assert [f"{address}{pk}/" in page for pk in (newest, *earlier)] == [False, True, True]
    client.post(f"{address}{earlier[0]}/")
    assert Activity.objects.get().title == "Tên thứ hai"
    client.force_login(stranger)
    page = client.get(address).content.decode()
    assert "Tên sau" in page
    assert not any(f"{address}{pk}/" in page for pk in (newest, *earlier))


def test_older_changes_are_shown_when_asked_for(client, focal, member):
    activity = ActivityFactory(lead=member, title="Tên đầu tiên")
    for number in range(25):
        activity.title = f"Tên thứ {number}"
        activity.save()
    client.force_login(focal)
    address = f"{activity.get_absolute_url()}history/"

    newest, all_of_them = (client.get(address + query).content.decode() for query in ("", "?all=1"))

    assert "Tên đầu tiên" not in newest
    assert 'href="?all=1"' in newest
    assert "Tên đầu tiên" in all_of_them
    assert 'href="?all=1"' not in all_of_them


def test_a_stranger_sees_no_history(client, stranger, member):
    activity = ActivityFactory(lead=member)
    client.force_login(stranger)

    assert client.get(f"{activity.get_absolute_url()}history/").status_code == 404
    first = activity.history.first()
    assert client.post(f"{activity.get_absolute_url()}history/{first.pk}/").status_code == 404


def test_the_page_names_what_other_rooms_hold_in_the_readers_language(client, staff):
    meeting = MeetingFactory()
    client.force_login(staff)

    page = client.get(meeting.activity.get_absolute_url()).content.decode()

    assert "Mở trang cuộc họp" in page
