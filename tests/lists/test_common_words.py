"""Words that very many rows hold: the count is capped sooner, and the page is read in the list's order."""

import pytest

from coalition.lists import pages
from tests.factories.projects import ActivityFactory


@pytest.fixture
def found(client, coordinator, monkeypatch):
    """Ask for the titles that a search finds, with a count that stops at two."""
    for number, day in enumerate(("2026-03-01", "2026-03-03", "2026-03-02"), start=1):
        ActivityFactory(title=f"Tập huấn {number}", starts_on=day)
    ActivityFactory(title="Tọa đàm", starts_on="2026-03-09")
    monkeypatch.setattr(pages, "FOUND_UP_TO", 2)
    client.force_login(coordinator)

    def ask(query):
        context = client.get(f"/activities/?{query}").context
        return [row.title for row in context["page"].object_list], context["count_words"]

    return ask


def test_common_words_find_the_newest_first(found):
    assert found("q=tap+huan") == (["Tập huấn 2", "Tập huấn 3", "Tập huấn 1"], "Hơn 2 kết quả")


@pytest.mark.parametrize("sort", ["title", "lead"])
def test_common_words_find_in_any_order(found, sort):
    titles, _words = found(f"q=tap+huan&sort={sort}")

    assert sorted(titles) == ["Tập huấn 1", "Tập huấn 2", "Tập huấn 3"]


def test_rare_words_are_counted_to_the_end(found):
    assert found("q=toa+dam") == (["Tọa đàm"], "1 kết quả")


def test_common_words_take_no_more_statements(found, django_assert_num_queries):
    found("q=tap+huan")

    with django_assert_num_queries(6):
        found("q=tap+huan")
