"""The member's pages: as the focal point, as a colleague, and what a stranger must not reach."""

import json

import pytest
from django.urls import reverse

from campaigns import actions
from campaigns.models import FormLine, QuarterlyForm
from projects.models import Activity
from tests.campaigns.conftest import fill
from tests.factories.campaigns import FormActivityFactory


def address(name, form, *args):
    return reverse(f"campaigns:{name}", args=[form.public_id, *args])


def save(client, form, version=None, **answers):
    fields = {f"answer-{code}": text for code, text in answers.items()}
    return client.post(address("form_page", form), {"version": version or form.version, **fields})


def test_the_focal_point_reads_and_writes_the_form(client, form, focal):
    fill(form, focal, title="Ngày hội của trẻ em")
    client.force_login(focal)

    shown = client.get(address("form_page", form))

    assert shown.status_code == 200
    assert "Ngày hội của trẻ em" in shown.content.decode()
    assert "Trẻ em tự điều hành." in shown.content.decode()


def test_saving_keeps_the_answers_and_comes_back(client, form, focal):
    client.force_login(focal)

    answered = save(client, form, highlights="Kết quả", difficulties="Khó khăn")

    assert answered.status_code == 302
    assert {a.question.code: a.text for a in form.answers.all()}["highlights"] == "Kết quả"


def test_autosave_answers_with_the_new_version(client, form, focal):
    client.force_login(focal)
    fields = {"version": form.version, "answer-highlights": "A", "autosave": "1"}

    first = client.post(address("form_page", form), fields)
    again = client.post(address("form_page", form), fields)

    assert first.json() == again.json()
    assert first.json()["version"] == 2


def test_an_autosave_over_a_colleagues_words_is_a_conflict(client, form, focal, colleague):
    actions.save_answers(form, typed={"highlights": "của đồng nghiệp"}, base_version=1, by=colleague)
    client.force_login(focal)

    answered = client.post(
        address("form_page", form), {"version": 1, "answer-highlights": "của tôi", "autosave": "1"}
    )

    assert answered.status_code == 409


def test_the_compare_page_shows_both_texts_and_saves_the_choice(client, form, focal, colleague):
    actions.save_answers(form, typed={"highlights": "của đồng nghiệp"}, base_version=1, by=colleague)
    client.force_login(focal)

    compare = save(client, form, version=1, highlights="của tôi", support="giữ lại")
    page = compare.content.decode()
    assert compare.status_code == 409
    assert "của đồng nghiệp" in page
    assert "của tôi" in page
    form.refresh_from_db()
    client.post(
        address("form_page", form),
        {
            "version": form.version,
            "answer-support": "giữ lại",
            "pick-answer-highlights": "mine",
            "theirs-answer-highlights": "của đồng nghiệp",
            "mine-answer-highlights": "cả hai",
        },
    )

    assert {a.question.code: a.text for a in form.answers.all()} == {
        "highlights": "cả hai",
        "support": "giữ lại",
    }


def test_an_answer_that_is_too_long_comes_back_with_what_was_typed(client, form, focal):
    client.force_login(focal)

    answered = save(client, form, highlights="x" * 10_001)

    assert answered.status_code == 422
    assert "x" * 10_001 in answered.content.decode()


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_odd_versions_are_no_server_error(client, form, focal, version):
    client.force_login(focal)

    answered = client.post(address("form_page", form), {"version": version, "answer-highlights": "x"})

    assert answered.status_code in (302, 409, 422)


def test_taking_an_offered_activity_puts_it_into_the_form(client, form, focal):
    activity = FormActivityFactory(lead=form.organisation, title="Đã ghi trong nhật ký")
    client.force_login(focal)
    assert "Đã ghi trong nhật ký" in client.get(address("form_page", form)).content.decode()

    client.post(address("line_take", form), {"activity": activity.public_id})
    client.post(address("line_take", form), {"activity": activity.public_id})

    assert [line.activity for line in form.lines.all()] == [activity]
    assert activity in form.round.edition.activities.all()


@pytest.mark.parametrize("number", [2, 40])
def test_taking_all_takes_also_what_is_not_shown_in_the_same_number_of_statements(
    client, form, focal, django_assert_num_queries, number
):
    FormActivityFactory.create_batch(number, lead=form.organisation)
    client.force_login(focal)
    shown = client.get(address("form_page", form))

    with django_assert_num_queries(15):
        client.post(address("line_take", form), {"activity": "all"})
    client.post(address("line_take", form), {"activity": "all"})

    assert len(shown.context["offered"]) == min(number, 30)
    assert ("30 trong số 40" in shown.content.decode()) is (number == 40)
    assert sorted(form.lines.values_list("order", flat=True)) == list(range(1, number + 1))
    assert form.round.edition.activities.count() == number
    assert form.steps.filter(verb="started").count() == 1


def test_taking_somebody_elses_activity_is_not_possible(client, form, focal, other_member):
    foreign = FormActivityFactory(lead=other_member)
    client.force_login(focal)

    assert client.post(address("line_take", form), {"activity": foreign.public_id}).status_code == 404
    assert not form.lines.exists()


def line_fields(**fields):
    return {
        "title": "Tọa đàm với phụ huynh",
        "kind": "dialogue",
        "starts_on": "2015-02-20",
        "place": "Đống Đa",
        "children_female": "1.200",
        "adults_male": "0",
        "logo_used": "yes",
        "links": "",
        **fields,
    }


def test_a_new_line_is_a_new_activity_in_the_log(client, form, focal):
    client.force_login(focal)

    answered = client.post(address("line_new", form), line_fields())

    activity = Activity.objects.get()
    line = FormLine.objects.get()
    assert answered.status_code == 302
    assert (activity.lead, activity.title, activity.state) == (
        form.organisation,
        "Tọa đàm với phụ huynh",
        "held",
    )
    assert sorted((row.group, row.sex, row.count) for row in activity.participation.all()) == [
        ("children", "female", 1200),
        ("other", "male", 0),
    ]
    assert (line.form, line.logo_used) == (form, True)
    assert activity in form.round.edition.activities.all()


def test_a_replayed_new_line_makes_no_second_row(client, form, focal):
    client.force_login(focal)
    fields = line_fields(client_uuid="6a3b8c1e-0b57-4f6f-9df4-3f0e4c9d7b11")

    client.post(address("line_new", form), fields)
    client.post(address("line_new", form), fields)

    assert Activity.objects.count() == 1
    assert FormLine.objects.count() == 1


def test_a_line_outside_the_quarter_is_refused_beside_the_field(client, form, focal):
    client.force_login(focal)

    answered = client.post(address("line_new", form), line_fields(starts_on="2015-05-01"))

    assert answered.status_code == 422
    assert not Activity.objects.exists()


def test_a_planned_line_is_a_planned_activity_of_the_next_quarter(client, form, focal):
    client.force_login(focal)

    client.post(address("line_new", form) + "?part=plan", line_fields(starts_on="2015-05-01"))

    assert Activity.objects.get().state == "planned"
    assert FormLine.objects.get().part == "plan"


def test_last_quarters_plan_stands_beside_the_new_form(client, form, focal, campaign, coordinator, today):
    client.force_login(focal)
    client.post(
        address("line_new", form) + "?part=plan",
        line_fields(starts_on="2015-05-01", title="Kế hoạch tháng 5"),
    )
    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=2, by=coordinator, today=today)

    page = client.get(opened.forms.get(organisation=form.organisation).get_absolute_url()).content.decode()

    assert "Kế hoạch tháng 5" in page


def test_numbers_kept_in_more_detail_stay_as_they_are(client, form, focal):
    line = fill(form, focal)
    line.activity.participation.update(age="6-10")
    client.force_login(focal)

    client.post(address("line_edit", form, line.public_id), line_fields(children_female="99", version=1))

    assert [row.count for row in line.activity.participation.filter(sex="female")] == [12]


def test_two_people_on_one_line_get_the_conflict_page(client, form, focal):
    line = fill(form, focal)
    line.activity.title = "Đã sửa"
    line.activity.save()
    client.force_login(focal)

    answered = client.post(address("line_edit", form, line.public_id), line_fields(version=1))

    assert answered.status_code == 409


def test_submitting_goes_through_a_page_that_says_what_is_missing(client, form, focal):
    client.force_login(focal)
    assert client.get(address("form_submit", form)).status_code == 200

    refused = client.post(address("form_submit", form), {"version": form.version})
    fill(form, focal)
    form.refresh_from_db()
    accepted = client.post(address("form_submit", form), {"version": form.version})

    assert refused.status_code == 200
    assert accepted.status_code == 302
    form.refresh_from_db()
    assert form.state == "submitted"


def test_a_colleague_prepares_but_does_not_submit(client, form, colleague):
    fill(form, colleague)
    client.force_login(colleague)

    assert save(client, form, support="x").status_code == 302
    assert client.post(address("form_submit", form)).status_code == 403
    form.refresh_from_db()
    assert form.state == "draft"


def test_a_viewer_reads_and_does_not_write(client, form, viewer):
    client.force_login(viewer)

    assert client.get(address("form_page", form)).status_code == 200
    assert save(client, form, support="x").status_code == 404
    assert client.post(address("line_take", form), {"activity": "all"}).status_code == 403


def test_a_submitted_form_takes_no_more_words(client, submitted, focal):
    client.force_login(focal)

    assert save(client, submitted, support="x").status_code == 404
    assert client.post(address("line_new", submitted), line_fields()).status_code == 404
    assert 'name="answer-support"' not in client.get(address("form_page", submitted)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_statements(
    client, campaign, focal, coordinator, today, member, other_member, django_assert_num_queries, number
):
    for quarter in range(1, number + 1):
        actions.open_round(campaign=campaign, year=2015, quarter=quarter, by=coordinator, today=today)
    client.force_login(focal)

    with django_assert_num_queries(5):
        shown = client.get("/forms/")

    assert shown.content.decode().count('scope="row"') == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_page_asks_the_same_number_of_statements(
    client, form, focal, django_assert_num_queries, number
):
    for _line in range(number):
        fill(form, focal)
    FormActivityFactory.create_batch(number, lead=form.organisation)
    client.force_login(focal)

    with django_assert_num_queries(11):
        client.get(address("form_page", form))


def test_autosave_says_which_answers_do_not_fit(client, form, focal):
    client.force_login(focal)

    answered = client.post(
        address("form_page", form), {"version": 1, "autosave": "1", "answer-highlights": "x" * 10_001}
    )

    assert answered.status_code == 422
    assert list(json.loads(answered.content)["errors"]) == ["answer-highlights"]


def test_the_rights_of_the_page_are_those_of_the_querysets(
    round_with_every_state, focal, colleague, coordinator, viewer
):
    for person in (focal, colleague, coordinator, viewer):
        forms = QuarterlyForm.objects.visible_to(person).with_rights(person)
        editable = set(QuarterlyForm.objects.editable_by(person))
        submittable = set(QuarterlyForm.objects.submittable_by(person))
        assert {form for form in forms if form.may_edit} == editable
        assert {form for form in forms if form.may_submit} == submittable
