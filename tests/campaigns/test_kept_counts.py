"""Numbers that a form changes in the log are kept, so that the activity can go back to what it was."""

import pytest

from campaigns import actions
from projects import earlier_counts
from tests.campaigns.conftest import fill
from tests.campaigns.test_workbooks import HEADS, book_of, take

pytestmark = pytest.mark.django_db


def people_by_version(line):
    line.activity.refresh_from_db()
    versions = range(1, line.activity.version + 1)
    return [earlier_counts.people(earlier_counts.of(line.activity, version)) for version in versions]


def test_by_its_page(client, form, focal):
    line = fill(form, focal)
    client.force_login(focal)
    address = f"{form.get_absolute_url()}lines/{line.public_id}/"
    typed = client.get(address).context["typed"]
    values = {name: typed[name].value() for name in typed.fields if typed[name].value() not in (None, False)}

    assert client.post(address, {**values, "children_female": "99"}).status_code == 302

    assert people_by_version(line) == [12, 99]


def test_by_its_workbook(form, focal):
    line = fill(form, focal)
    book = book_of(form)
    book.worksheets[1].cell(2, HEADS["girls"]).value = 99

    actions.apply_import(take(form, book, focal), by=focal, version=form.version)

    assert people_by_version(line) == [12, 99]


def test_by_a_correction(form, focal, coordinator):
    line = fill(form, focal)
    actions.accept(actions.submit(form, by=focal), by=coordinator)

    actions.correct(form.lines.get(), field="children_female", value=13, reason="Đếm lại", by=coordinator)

    assert people_by_version(line)[-2:] == [12, 13]
