"""The frame of the pages: what everybody gets, with and without log-in, in both languages."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from coalition import home, navigation
from coalition.forms import PlainForm
from coalition.ribbon import Dot

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(monkeypatch):
    """The home page's registry, empty for one test."""
    monkeypatch.setattr(home, "_parts", [])
    monkeypatch.setattr(home, "_dots", [])
    return home


def rendered(source, **context):
    return Template(source).render(Context(context))


def labels(entries):
    return [str(place["entry"].label) for place in entries]


def test_the_home_page_asks_the_three_questions_of_its_parts(client, focal, registry):
    registry.register(20, "next", lambda user, today: {"words": "sau"}, "components/mistake.html")
    registry.register(10, "owe", lambda user, today: None, "components/empty.html")

    asked = registry.answers(focal, date(2026, 11, 22))

    assert [(each["key"], len(each["parts"])) for each in asked] == [("owe", 0), ("next", 1), ("doing", 0)]


def test_registering_a_template_again_replaces_it(registry):
    for _time in range(2):
        registry.register(10, "owe", lambda user, today: {}, "components/empty.html")

    assert len(registry._parts) == 1


def test_an_unknown_question_is_refused(registry):
    with pytest.raises(ValueError, match="asks owe, next, doing"):
        registry.register(10, "why", lambda user, today: {}, "components/empty.html")


def test_the_ribbon_shows_the_dots_that_rooms_provide(client, focal, registry):
    registry.register_dots(lambda user, year: [Dot(date(year, 3, 7), "meeting", "Họp nhóm", "/meetings/x/")])
    client.force_login(focal)

    html = client.get(reverse("home")).content.decode()

    assert html.count('href="/meetings/x/"') == 2  # the dot, and its line in the list


@pytest.mark.parametrize("year", ["", "abc", "99999", "²026", "-1", "1999"])
def test_a_senseless_year_is_this_year(client, focal, year):
    client.force_login(focal)

    assert client.get(reverse("home"), {"year": year}).status_code == 200


def test_the_home_page_needs_log_in(client):
    assert client.get(reverse("home")).status_code == 302


def test_one_question_can_be_fetched_alone(client, focal):
    client.force_login(focal)

    assert client.get(reverse("home_part", args=["owe"])).status_code == 200
    assert client.get(reverse("home_part", args=["why"])).status_code == 404


def test_the_home_page_stays_within_twelve_statements(client, focal, django_assert_max_num_queries):
    client.force_login(focal)

    with django_assert_max_num_queries(12):
        client.get(reverse("home"))


def test_only_coordinators_are_led_to_who_owes_what(coordinator, focal):
    with translation.override("en"):
        assert "Who owes what" in labels(navigation.places(coordinator, "/").entries)
        assert "Who owes what" not in labels(navigation.places(focal, "/").entries)


def test_the_phone_bar_has_log_in_the_middle(focal, donor):
    with translation.override("en"):
        assert labels(navigation.places(focal, "/").bar) == [
            "Home", "Activities", "Log an activity", "Meetings", "What we owe",
        ]  # fmt: skip
        assert "Log an activity" not in labels(navigation.places(donor, "/").bar)


def test_the_longest_place_is_here(coordinator):
    with translation.override("en"):
        entries = navigation.places(coordinator, "/owed/by/").entries

        assert labels([place for place in entries if place["is_here"]]) == ["Who owes what"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_remembered_and_pinned(client, focal, theme):
    client.force_login(focal)

    answer = client.post(reverse("theme_choose"), {"theme": theme, "next": "/owed/"})

    assert answer["Location"] == "/owed/"
    assert f'data-bs-theme="{theme}"' in client.get(reverse("home")).content.decode()


def test_the_device_decides_by_default_and_foreign_themes_are_ignored(client, focal):
    client.force_login(focal)
    client.post(reverse("theme_choose"), {"theme": '"><script>', "next": "https://elsewhere.example/"})

    html = client.get(reverse("home")).content.decode()

    assert "data-bs-theme" not in html


def test_the_theme_never_leads_elsewhere(client):
    answer = client.post(reverse("theme_choose"), {"theme": "dark", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("who", ["nobody", "focal"])
def test_a_page_that_is_not_there_says_so_in_the_frame(client, focal, who):
    if who == "focal":
        client.force_login(focal)

    answer = client.get("/khong-co-gi/")

    assert answer.status_code == 404
    assert 'id="main"' in answer.content.decode()


def test_our_own_fault_needs_no_request():
    answer = home.our_fault(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


class Small(PlainForm):
    title = forms.CharField(label="Tên", help_text="Ngắn gọn", max_length=5)
    is_online = forms.BooleanField(label="Trực tuyến", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept():
    html = rendered("{{ form.as_div }}", form=Small({"title": "quá dài rồi", "kind": "z"}))

    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert 'value="quá dài rồi"' in html
    assert 'aria-invalid="true"' in html


def test_choices_stand_in_a_fieldset_with_their_legend():
    html = rendered("{{ form.as_div }}", form=Small())

    assert "<legend>Loại</legend>" in html
    assert html.count('class="check"') == 3


def test_only_fields_that_may_stay_empty_say_so():
    with translation.override("en"):
        html = rendered("{{ form.title.as_field_group }}", form=Small())

    assert "optional" not in html


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "overdue by 2 days"),
        (date(2026, 11, 22), "due today"),
        (date(2026, 11, 23), "1 day left"),
        (None, "no date"),
    ],
)
def test_due_dates_are_said_in_words(day, words):
    with translation.override("en"):
        assert words in rendered("{% due day today %}", day=day, today=date(2026, 11, 22))


def test_a_state_is_words_and_its_tone_only_a_class():
    html = rendered('{% state "Đã nộp" "good" day %}', day=date(2026, 4, 12))

    assert html.startswith('<span class="state state-good">Đã nộp')
    assert "12/04" in html


def test_states_escape_what_they_say():
    assert "<b>" not in rendered("{% state words %}", words="<b>x</b>")


def test_captured_blocks_are_escaped_once():
    html = rendered("{% capture title %}{{ name }}{% endcapture %}{{ title }}", name="A & B <x>")

    assert html == "A &amp; B &lt;x&gt;"


def test_everybody_reads_what_was_made_public_and_nothing_else(client, monkeypatch):
    from campaigns import open_pages as open_campaigns
    from projects import open_pages as open_works
    from projects.models import Publication

    Publication.objects.create(title_vi="Báo cáo mở", is_public=True)
    Publication.objects.create(title_vi="Báo cáo nội bộ", is_public=False)
    monkeypatch.setattr(home, "_public", [])
    home.register_public(20, open_works.publications, "public/publications.html")
    home.register_public(10, open_campaigns.campaigns, "public/campaigns.html")

    html = client.get(reverse("open_to_all")).content.decode()

    assert "Báo cáo mở" in html
    assert "nội bộ" not in html


def test_the_open_page_invites_when_nothing_is_public(client, monkeypatch):
    monkeypatch.setattr(home, "_public", [])

    assert client.get(reverse("open_to_all")).status_code == 200


def test_a_donor_sees_the_projects_it_funds_at_home(client, donor, donor_organisation, member):
    from projects.models import FundingLine, Project

    own = Project.objects.create(
        title_vi="Dự án có tài trợ", code="A", lead=member, starts_on="2020-01-01", state="open"
    )
    Project.objects.create(
        title_vi="Dự án của người khác", code="B", lead=member, starts_on="2020-01-01", state="open"
    )
    FundingLine.objects.create(project=own, giver=donor_organisation, receiver=member)
    client.force_login(donor)

    html = client.get(reverse("home")).content.decode()

    assert "Dự án có tài trợ" in html
    assert "Dự án của người khác" not in html


def test_links_to_places_that_are_closed_to_a_person_are_left_out(donor, focal):
    assert not navigation.opens(donor, "/campaigns/")
    assert navigation.opens(focal, "/campaigns/")
    assert navigation.opens(donor, "/activities/?state=held")
    assert not navigation.opens(focal, "/owed/by/?org=x")
    assert navigation.opens(donor, "/open/")
