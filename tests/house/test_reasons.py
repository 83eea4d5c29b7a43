"""Why a record was saved is kept once and told in the language of whoever reads it."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy, gettext_noop

from coalition import history
from projects import actions
from tests.factories.projects import ActivityFactory


@pytest.mark.parametrize(
    ("kept", "vietnamese", "english"),
    [
        (history.reason(gettext_noop("imported from a spreadsheet")),
         "nhập từ bảng tính", "imported from a spreadsheet"),
        (history.reason(gettext_noop("number of participants from %(old)s to %(new)s"),
                        old=gettext_lazy("not known"), new=1245),
         "số người tham gia từ chưa rõ thành 1.245", "number of participants from not known to 1,245"),
        (history.reason(gettext_noop("evidence added: %(kind)s"), kind="Results = 100%(x)s.pdf"),
         "đã thêm minh chứng: Results = 100%(x)s.pdf", "evidence added: Results = 100%(x)s.pdf"),
        ("đã ghi trước đây", "đã ghi trước đây", "đã ghi trước đây"),
    ],
)  # fmt: skip
def test_a_reason_is_told_in_the_readers_language(kept, vietnamese, english):
    for language, told in (("vi", vietnamese), ("en", english)):
        with translation.override(language):
            assert history.told_reason(kept) == told


def test_a_reason_that_is_too_long_is_cut_and_still_told():
    words = gettext_noop("number of participants from %(old)s to %(new)s")
    kept = history.reason(words, old="dài" * 200, new=7)

    assert len(kept) == history.REASON
    with translation.override("vi"):
        assert history.told_reason(kept).startswith("số người tham gia từ dàidài")


def test_what_one_wrote_in_vietnamese_another_reads_in_english(focal, member):
    activity = ActivityFactory(lead=member)
    with translation.override("vi"):
        actions.count_people(activity=activity, counts={("children", "male", "6-10"): 7}, by=focal)

    with translation.override("en"):
        told = history.rows(activity, focal)[0]

    assert told["words"] == "number of participants from not known to 7"
