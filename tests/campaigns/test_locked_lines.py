"""A form does not change numbers of a project that are reported already."""

import datetime as dt

import pytest

from campaigns import actions
from coalition.records import Closed
from projects.models import Participation
from tests.campaigns.conftest import fill
from tests.campaigns.test_workbooks import HEADS, book_of, take
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(form, focal, member):
    found = fill(form, focal)
    found.activity.projects.add(ProjectFactory(code="KHOA", lead=member, locked_until=dt.date(2015, 3, 31)))
    return found


def counted(line):
    return Participation.objects.get(activity=line.activity).count


def test_its_page_says_so_and_keeps_what_was_typed(client, form, focal, line):
    client.force_login(focal)
    address = f"{form.get_absolute_url()}lines/{line.public_id}/"
    typed = client.get(address).context["typed"]
    values = {name: typed[name].value() for name in typed.fields if typed[name].value() not in (None, False)}

    answer = client.post(address, {**values, "children_female": "99"})

    assert answer.status_code == 422
    assert "KHOA" in answer.content.decode()
    assert 'value="99"' in answer.content.decode()
    assert counted(line) == 12


def test_its_workbook_says_so_by_cell(form, focal, line):
    book = book_of(form)
    book.worksheets[1].cell(2, HEADS["girls"]).value = 99

    taken = take(form, book, focal)

    assert taken.state == "wrong"
    assert ["KHOA" in each["words"] for each in taken.mistakes] == [True]
    assert [each["cell"] for each in taken.mistakes] == ["I2"]


def test_a_correction_is_for_those_who_finish_reports(form, focal, staff, coordinator, line):
    actions.accept(actions.submit(form, by=focal), by=coordinator)
    change = {"field": "children_female", "value": 13, "reason": "Đếm lại"}

    with pytest.raises(Closed, match="KHOA"):
        actions.correct(form.lines.get(), by=staff, **change)
    actions.correct(form.lines.get(), by=coordinator, **change)

    assert counted(line) == 13
