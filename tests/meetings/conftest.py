"""A group, its meeting, and one that is not shared with the coalition."""

import datetime as dt

import pytest

from tests.factories.meetings import MeetingFactory, WorkingGroupFactory, as_docx, as_text
from tests.factories.members import OrganisationAliasFactory, OrganisationFactory

DAY = dt.date(2015, 2, 3)


@pytest.fixture
def group(secretariat):
    return WorkingGroupFactory(code="CRWG", name_vi="Nhóm công tác")


@pytest.fixture
def meeting(group, secretariat):
    return MeetingFactory(
        group=group, activity__lead=secretariat, activity__title="Họp tháng 2", activity__starts_on=DAY
    )


@pytest.fixture
def private(group, secretariat):
    return MeetingFactory(activity__lead=secretariat, activity__is_shared=False, activity__title="Họp nội bộ")


@pytest.fixture
def organisations(secretariat):
    found = [
        OrganisationFactory(code=code, name_vi=name, short_name=code, coalition_since="2010-01-01")
        for code, name in (("MX", "Mầm Xanh"), ("BM", "Tổ chức Bình Minh Việt Nam"), ("RX", "Rừng Xanh"))
    ]
    OrganisationAliasFactory(organisation=found[1], name="Bình Minh")
    OrganisationFactory(code="DCA", name_vi="Cục Trẻ em", kind="STATE")
    return found


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "bien-ban.txt"
    path.write_text(as_text(), encoding="utf-8")
    return path


@pytest.fixture
def word_file(tmp_path):
    path = tmp_path / "bien-ban.docx"
    path.write_bytes(as_docx())
    return path
