"""Two quarters beside each other, the counted questions of one, and last quarter's answers on the form."""

import datetime as dt

import pytest
from django.urls import reverse

from campaigns import actions, comparisons, summaries
from campaigns.models import QuarterlyForm, Question
from projects.models import Participation
from tests.campaigns.conftest import fill
from tests.factories.campaigns import AnswerFactory, FormActivityFactory, FormFactory, FormLineFactory
from tests.factories.members import OrganisationFactory


def address(name, record, *args):
    return reverse(f"campaigns:{name}", args=[record.public_id, *args])


def count_children(form, number, day):
    activity = FormActivityFactory(lead=form.organisation, starts_on=day)
    Participation.objects.create(activity=activity, group="children", sex="female", count=number)
    FormLineFactory(form=form, activity=activity)


@pytest.fixture
def quarters(opened, campaign, member, other_member, coordinator, today):
    """Two rounds: the first asks for groups, the second for clubs, both for the logo and the number of stories."""
    Question.objects.create(round=opened, code="stories", kind="number", order=8, label_vi="Số câu chuyện")
    Question.objects.create(round=opened, code="groups", kind="number", order=9, label_vi="Số nhóm")
    later, _issued = actions.open_round(campaign=campaign, year=2015, quarter=2, by=coordinator, today=today)
    later.questions.filter(code="groups").update(code="clubs", label_vi="Số câu lạc bộ")
    later.questions.filter(code="stories").update(label_vi="Bao nhiêu câu chuyện?")
    given = {
        (opened, member): {"stories": "1.200", "common_logo": "yes", "groups": "3"},
        (opened, other_member): {"common_logo": "no"},
        (later, member): {"stories": "1500", "common_logo": "yes", "clubs": "7"},
        (later, other_member): {"stories": "10", "common_logo": "yes"},
    }
    for (asked, organisation), answers in given.items():
        form = asked.forms.get(organisation=organisation)
        for code, text in answers.items():
            AnswerFactory(form=form, question=asked.questions.get(code=code), text=text)
    count_children(opened.forms.get(organisation=member), 12, dt.date(2015, 2, 1))
    count_children(later.forms.get(organisation=member), 30, dt.date(2015, 5, 1))
    opened.forms.update(state="accepted", revision=1)
    opened.forms.filter(organisation=other_member).update(has_nothing=True)
    later.forms.update(state="submitted", revision=1)
    return opened, later


def rows_by_label(quarters, user):
    rows = comparisons.compare(*quarters, user)
    return {
        row.label: (
            row.before and [words for words, _url in row.before.figures],
            row.now and [words for words, _url in row.now.figures],
            row.difference,
        )
        for row in rows
    }


def test_each_figure_and_each_counted_question_stands_beside_its_own_of_the_other_quarter(
    quarters, coordinator
):
    assert rows_by_label(quarters, coordinator) == {
        "Số phiếu nhận được": (["2"], ["2"], "như nhau"),
        "Tổ chức có hoạt động": (["1"], ["2"], "tăng 1 (+100%)"),
        "Hoạt động": (["1"], ["1"], "như nhau"),
        "Trẻ em tham gia": (["12"], ["30"], "tăng 18 (+150%)"),
        "Người lớn tham gia": (["–"], ["–"], "chưa rõ ở ít nhất một quý"),
        "Tổ chức có dùng logo chung trong quý này không?": (
            ["1 có", "1 không"],
            ["2 có", "0 không"],
            "tăng 1 (+100%)",
        ),
        "Bao nhiêu câu chuyện?": (["1.200"], ["1.510"], "tăng 310 (+26%)"),
        "Số câu lạc bộ": (None, ["7"], "chỉ hỏi ở Quý II/2015"),
        "Số nhóm": (["3"], None, "chỉ hỏi ở Quý I/2015"),
    }


def test_it_says_from_how_many_organisations_and_how_the_question_was_put(quarters, coordinator):
    rows = {row.label: row for row in comparisons.compare(*quarters, coordinator)}

    assert rows["Bao nhiêu câu chuyện?"].before.source == "từ 1 trên 2 tổ chức"
    assert rows["Bao nhiêu câu chuyện?"].note == "Ở Quý I/2015 hỏi là: Số câu chuyện"


def test_a_code_that_was_asked_in_another_way_is_not_compared(quarters, coordinator):
    _earlier, later = quarters
    later.questions.filter(code="stories").update(kind="yes_no")

    assert (
        rows_by_label(quarters, coordinator)["Bao nhiêu câu chuyện?"][2]
        == "cách hỏi khác nhau, không so sánh"
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1.200", 1200),
        ("1 200 300", 1200300),
        ("9" * 10_000, None),
        ("12,5", None),
        ("một", None),
        ("²", None),
    ],
)
def test_a_number_is_what_the_form_takes_for_one(text, number):
    assert Question.number_in(text) == number


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (3, 3, "như nhau"),
        (0, 4, "tăng 4"),
        (4, 0, "giảm 4 (−100%)"),
        (1000, 3500, "tăng 2.500 (+250%)"),
        (None, 3, "chưa rõ ở ít nhất một quý"),
    ],
)
def test_differences_are_said_in_words(before, now, words):
    assert comparisons.difference(before, now) == words


def test_every_figure_opens_the_rows_it_was_counted_from(client, quarters, coordinator):
    client.force_login(coordinator)
    shown = {"2", "1", "12", "30", "1.200", "1.510", "7", "3", "1 có", "1 không", "2 có", "0 không"}
    rows = {  # how many rows stand behind each address, by what the figure says
        (row.label, side): [
            (words, client.get(url).content.decode().count('<th scope="row"')) for words, url in figures
        ]
        for row in comparisons.compare(*quarters, coordinator)
        for side, figures in (
            ("before", row.before and row.before.figures),
            ("now", row.now and row.now.figures),
        )
        if figures
    }

    assert {words for figures in rows.values() for words, _number in figures} - {"–"} == shown
    assert rows["Số phiếu nhận được", "now"] == [("2", 2)]
    assert rows["Tổ chức có hoạt động", "before"] == [("1", 1)]
    assert rows["Hoạt động", "now"] == [("1", 1)]
    assert rows["Trẻ em tham gia", "before"] == [("12", 1)]
    assert rows["Bao nhiêu câu chuyện?", "now"] == [("1.510", 2)]
    assert rows["Tổ chức có dùng logo chung trong quý này không?", "before"] == [("1 có", 1), ("1 không", 1)]


def test_the_page_compares_with_the_quarter_before_or_the_one_chosen(
    client, quarters, campaign, coordinator, today
):
    earlier, later = quarters
    third, _issued = actions.open_round(campaign=campaign, year=2015, quarter=3, by=coordinator, today=today)
    client.force_login(coordinator)

    usual = client.get(address("round_compare", third))
    chosen = client.get(address("round_compare", third), {"with": earlier.public_id})
    first = client.get(address("round_compare", earlier))

    assert usual.context["chosen"] == later
    assert chosen.context["chosen"] == earlier
    assert "Quý III/2015 bên cạnh Quý I/2015" in chosen.content.decode()
    assert first.context["rows"] == []


@pytest.mark.parametrize("other", ["later", "elsewhere", "x"])
def test_only_an_earlier_quarter_of_the_same_campaign_can_be_chosen(client, quarters, coordinator, other):
    earlier, later = quarters
    elsewhere = FormFactory(round__quarter=1, round__year=2014).round
    wanted = {"later": later.public_id, "elsewhere": elsewhere.public_id, "x": "x"}[other]
    client.force_login(coordinator)

    assert client.get(address("round_compare", earlier), {"with": wanted}).status_code == 404


@pytest.mark.parametrize("person", ["focal", "stranger", "donor"])
def test_members_do_not_read_what_the_others_answered(client, quarters, person, request):
    client.force_login(request.getfixturevalue(person))

    assert client.get(address("round_compare", quarters[1])).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_comparison_asks_the_same_number_of_statements(
    client, quarters, coordinator, django_assert_num_queries, number
):
    for opened in quarters:
        for _form in range(number):
            form = FormFactory(round=opened, organisation=OrganisationFactory(), state="accepted")
            count_children(form, 5, opened.period.starts_on)
            AnswerFactory(form=form, question=opened.questions.get(code="stories"), text="2")
    client.force_login(coordinator)

    with django_assert_num_queries(11):
        client.get(address("round_compare", quarters[1]))


def test_the_summary_counts_yes_no_and_numbers_from_those_who_answered(client, quarters, coordinator):
    client.force_login(coordinator)

    shown = client.get(address("round_summary", quarters[0])).content.decode()

    assert ">1.200</a>" in shown
    assert ">1 có</a>" in shown
    assert ">1 không</a>" in shown
    assert "từ 1 trên 2 tổ chức" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_summary_asks_the_same_number_of_statements(
    client, opened, coordinator, django_assert_num_queries, number
):
    for _form in range(number):
        form = FormFactory(round=opened, organisation=OrganisationFactory(), state="accepted")
        count_children(form, 5, opened.period.starts_on)
        for code in ("highlights", "difficulties", "common_logo"):
            AnswerFactory(form=form, question=opened.questions.get(code=code), text="yes")
    client.force_login(coordinator)

    with django_assert_num_queries(11):
        client.get(address("round_summary", opened))


def test_the_summary_shows_the_first_and_links_to_all(client, opened, coordinator):
    question, forms = opened.questions.get(code="highlights"), summaries.MOST_NAMES + 1
    for _number in range(forms):
        form = FormFactory(round=opened, organisation=OrganisationFactory(), state="accepted")
        AnswerFactory(form=form, question=question, text="Trẻ em dẫn chương trình")
    FormLineFactory.create_batch(summaries.MOST_ACTIVITIES + 2, form=form)
    client.force_login(coordinator)

    found = client.get(address("round_summary", opened))

    ((_question, given, more, url),) = found.context["answers"]
    assert (len(given), more) == (summaries.MOST_ANSWERS, forms - summaries.MOST_ANSWERS)
    assert "41 kết quả" in client.get(url).content.decode()
    assert len(found.context["activities"]) == summaries.MOST_ACTIVITIES
    assert "102 kết quả" in client.get(found.context["activities_url"]).content.decode()
    assert (len(found.context["forms"]), found.context["more_forms"]) == (summaries.MOST_NAMES, 1)


def test_a_member_finds_its_own_answers_in_the_list_and_nobody_elses(client, quarters, focal, member):
    client.force_login(focal)

    shown = client.get("/forms/answers/").content.decode()
    counted = client.get("/forms/answers/?code=stories").content.decode()

    assert shown.count('<th scope="row"') == 6
    assert counted.count('<th scope="row"') == 2
    assert str(QuarterlyForm.objects.exclude(organisation=member).first().organisation) not in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_answers_asks_the_same_number_of_statements(
    client, form, focal, django_assert_num_queries, number
):
    for question in form.round.questions.all()[:number]:
        AnswerFactory(form=form, question=question)
    client.force_login(focal)

    with django_assert_num_queries(5):
        shown = client.get("/forms/answers/")

    assert shown.content.decode().count('<th scope="row"') == number


def test_the_activities_of_forms_one_may_not_read_are_not_listed_by_their_round(
    client, opened, submitted, stranger, coordinator
):
    activity = submitted.lines.get().activity
    type(activity).objects.update(is_shared=True)
    client.force_login(stranger)
    path = summaries.activities_url(opened)

    before = client.get(path).content.decode()
    actions.accept(submitted, by=coordinator)
    after = client.get(path).content.decode()

    assert activity.title not in before
    assert activity.title in after


def test_last_quarters_answers_stand_beside_the_questions_of_the_same_code(
    client, submitted, campaign, focal, coordinator, today
):
    long = "Một câu trả lời dài. " * 20
    AnswerFactory(form=submitted, question=submitted.round.questions.get(code="difficulties"), text=long)
    AnswerFactory(form=submitted, question=submitted.round.questions.get(code="common_logo"), text="yes")
    later, _issued = actions.open_round(campaign=campaign, year=2015, quarter=2, by=coordinator, today=today)
    form = later.forms.get(organisation=submitted.organisation)
    client.force_login(focal)

    shown = client.get(form.get_absolute_url()).content.decode()

    assert "Quý I/2015: Trẻ em tự điều hành." in shown
    assert "Quý I/2015: có" in shown
    assert "Anh/chị đã trả lời ở Quý I/2015" in shown


def test_what_was_never_handed_in_does_not_stand_beside_the_new_form(
    client, form, campaign, focal, coordinator, today
):
    fill(form, focal)
    later, _issued = actions.open_round(campaign=campaign, year=2015, quarter=2, by=coordinator, today=today)
    client.force_login(focal)

    shown = client.get(later.forms.get(organisation=form.organisation).get_absolute_url()).content.decode()

    assert "Trẻ em tự điều hành." not in shown
