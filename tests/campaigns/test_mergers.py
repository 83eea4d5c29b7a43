"""What an organisation owed and reported, once it has become a part of another one."""

import pytest
from django.urls import reverse

from campaigns import actions
from campaigns.actions import behalf
from campaigns.models import QuarterlyForm
from coalition.members import actions as members
from coalition.notifications.models import Message
from tests.campaigns.conftest import fill
from tests.campaigns.sheets import add_row, book_of, packed


def address(name, form, *args):
    return reverse(f"campaigns:{name}", args=[form.public_id, *args])


@pytest.fixture
def merged(form, other_member, coordinator):
    """The focal point's organisation has become a part of the stranger's; its open duty went along."""
    members.merge(organisation=form.organisation, into=other_member, by=coordinator)
    form.refresh_from_db()
    form.obligation.refresh_from_db()
    return form


def test_the_link_of_the_duty_that_moved_opens_the_form(client, merged, stranger, other_member):
    client.force_login(stranger)

    shown = client.get(merged.obligation.source_path)

    assert merged.obligation.organisation == other_member
    assert shown.status_code == 200
    assert 'name="answer-highlights"' in shown.content.decode()
    assert set(QuarterlyForm.objects.visible_to(stranger)) == set(QuarterlyForm.objects.all())


def test_who_answers_now_fills_it_in_and_hands_it_in(client, merged, stranger, coordinator):
    fill(merged, stranger)
    merged.refresh_from_db()
    book = book_of(merged)
    add_row(book, 3, title="Sau khi sáp nhập", girls=4, place="Huế")
    client.force_login(stranger)
    preview = client.post(address("form_upload", merged), {"workbook": packed(book)}, follow=True)
    client.post(preview.request["PATH_INFO"], {"version": merged.version})
    merged.refresh_from_db()

    client.post(address("form_submit", merged), {"version": merged.version})

    merged.refresh_from_db()
    assert (merged.state, merged.submitted_by, merged.lines.count()) == ("submitted", stranger, 2)
    actions.return_form(
        merged, by=coordinator, notes=[("answer-highlights", "x")], today=merged.submitted_at.date()
    )
    letters = Message.objects.filter(kind="form", dedupe_key__startswith="form-returned")
    assert stranger in {letter.recipient for letter in letters}


def test_no_link_leads_to_an_activity_that_does_not_open_yet(client, merged, stranger, coordinator):
    line = fill(merged, stranger)
    submitted = actions.submit(merged, by=stranger)
    client.force_login(stranger)
    path = line.activity.get_absolute_url()

    before = client.get(submitted.get_absolute_url()).content.decode()
    actions.accept(submitted, by=coordinator)
    after = client.get(submitted.get_absolute_url()).content.decode()

    assert line.activity.title in before
    assert f'href="{path}"' not in before
    assert f'href="{path}"' in after
    assert client.get(path).status_code == 200


def test_a_paper_form_is_confirmed_by_who_answers_now(merged, coordinator, stranger):
    actions.take_over(merged, by=coordinator)
    merged.refresh_from_db()
    fill(merged, coordinator)
    paper = actions.submit(merged, by=coordinator)

    assert behalf.read(behalf.sign(paper, stranger)) == (paper, stranger)


def test_a_third_organisation_still_sees_nothing(client, merged, donor):
    client.force_login(donor)

    assert client.get(merged.get_absolute_url()).status_code in (403, 404)
    assert not QuarterlyForm.objects.visible_to(donor).exists()
