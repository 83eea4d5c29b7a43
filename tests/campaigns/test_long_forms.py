"""A form with more lines than a page shows: what lacks something comes first, the rest is found by its title."""

import pytest
from django.urls import reverse

from campaigns.views.loading import MOST_LINES
from projects.models import Participation
from tests.campaigns.conftest import fill
from tests.factories.campaigns import FormActivityFactory, FormLineFactory


@pytest.fixture
def long(form, focal):
    """Complete lines for a page and more, then one without a place and one that is sought."""
    fill(form, focal)
    for number in range(MOST_LINES):
        activity = FormActivityFactory(lead=form.organisation, title=f"Buổi số {number:03}")
        Participation.objects.create(activity=activity, group="children", sex="female", count=1)
        FormLineFactory(form=form, activity=activity)
    for title, place in (("Không rõ nơi", ""), ("Ngày hội Đắk Lắk", "Buôn Ma Thuột")):
        activity = FormActivityFactory(
            lead=form.organisation, title=title, place=place, starts_on="2015-03-30"
        )
        Participation.objects.create(activity=activity, group="children", sex="female", count=1)
        FormLineFactory(form=form, activity=activity)
    return form


def test_a_long_form_shows_a_page_of_lines_and_first_those_that_lack_something(client, long, focal):
    client.force_login(focal)

    shown = client.get(long.get_absolute_url())

    page = shown.content.decode()
    assert len(shown.context["shown_done"]) == MOST_LINES
    assert shown.context["shown_done"][0].activity.title == "Không rõ nơi"
    assert "100 trên 103 hoạt động" in page
    (missing,) = shown.context["missing"]
    assert page.count(f'id="{missing.cell}"') == 1
    assert "Ngày hội Đắk Lắk" not in page


def test_a_line_of_a_long_form_is_found_by_a_part_of_its_title(client, long, focal):
    client.force_login(focal)

    found = client.get(long.get_absolute_url(), {"q": "dak lak"})
    nothing = client.get(long.get_absolute_url(), {"q": "xyz"})

    assert [line.activity.title for line in found.context["shown_done"]] == ["Ngày hội Đắk Lắk"]
    assert "Không có kết quả phù hợp" in nothing.content.decode()


def test_only_the_first_of_very_many_missing_things_are_named(client, form, focal):
    for _number in range(30):
        FormLineFactory(form=form, activity=FormActivityFactory(lead=form.organisation, place=""))
    client.force_login(focal)

    submit = client.get(reverse("campaigns:form_submit", args=[form.public_id]))

    assert len(submit.context["missing"]) == 61  # where, and how many, of each; and the highlights
    assert submit.content.decode().count("#line-") == 50
