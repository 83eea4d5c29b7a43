"""What history says of a long text: the words that changed, wherever in it they stand."""

import difflib

import pytest

from coalition import wording
from tests.factories.projects import ActivityFactory

LONG = " ".join(f"từ{number}" for number in range(1, 101))


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (LONG.replace("từ98 ", "chữ98 "),
         "… từ94 từ95 từ96 từ97 <del>từ98</del> <ins>chữ98</ins> từ99 từ100"),
        (LONG.replace("từ1 ", "", 1), "<del>từ1</del> từ2 từ3 từ4 từ5 …"),
        (f"{LONG} thêm nữa", "… từ97 từ98 từ99 từ100 <ins>thêm nữa</ins>"),
        (LONG.replace("từ10 ", "A ").replace("từ14 ", "B "),
         "… từ6 từ7 từ8 từ9 <del>từ10</del> <ins>A</ins> từ11 từ12 từ13 <del>từ14</del> <ins>B</ins> "
         "từ15 từ16 từ17 từ18 …"),
    ],
)  # fmt: skip
def test_only_the_changed_words_are_shown_with_some_around(new, told):
    assert wording.difference(LONG, new) == told


def test_much_at_once_is_cut():
    told = wording.difference("", " ".join(["dài"] * 500))

    assert told == f"<ins>{' '.join(['dài'] * 60)}…</ins>"


@pytest.mark.parametrize("new", [["a", "b"] * 1500, [str(number % 50) for number in range(3000)]])
def test_words_that_keep_coming_back_are_not_compared_without_end(new, monkeypatch):
    looked = []
    find = difflib.SequenceMatcher.find_longest_match

    def counted(self, *place):
        looked.append(sum(len(self.b2j.get(word, ())) for word in self.a[place[0] : place[1]]))
        return find(self, *place)

    monkeypatch.setattr(difflib.SequenceMatcher, "find_longest_match", counted)

    told = wording.difference(" ".join(["x", *(["a"] * 3000), "y"]), " ".join(["z", *new, "w"]))

    assert told.endswith("…")
    assert sum(looked) < 2_000_000


def test_what_was_typed_is_never_markup():
    assert wording.difference("<b>a</b>", "<script>x</script>") == (
        "<del>&lt;b&gt;a&lt;/b&gt;</del> <ins>&lt;script&gt;x&lt;/script&gt;</ins>"
    )


def test_the_history_of_a_long_text_shows_what_differs_at_its_end(client, focal, member):
    activity = ActivityFactory(lead=member, summary=f"{LONG} có 40 em")
    activity.summary = f"{LONG} có 45 em & thầy cô"
    activity.save()
    client.force_login(focal)

    page = client.get(f"{activity.get_absolute_url()}history/").content.decode()

    assert "từ98 từ99 từ100 có <del>40</del> <ins>45</ins> em <ins>&amp; thầy cô</ins>" in page
