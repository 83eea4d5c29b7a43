"""A member never reads or writes another member's form: every address, every id, every way in."""

import pytest
from django.urls import reverse

from campaigns import actions
from campaigns.models import CellNote, FormLine
from campaigns.urls import urlpatterns
from tests.campaigns.conftest import fill
from tests.factories.campaigns import FormPhotoFactory

CANARY = "Bí mật của tổ chức thành viên"


def form_routes():
    """Return the names of all addresses that take a form's public id."""
    return [each.name for each in urlpatterns if str(each.pattern).startswith("forms/<slug:public_id>/")]


def test_the_matrix_knows_every_route():
    assert len(form_routes()) == 15


@pytest.fixture
def secret(form, focal):
    line = fill(form, focal, title=CANARY)
    actions.save_answers(form, typed={"support": CANARY}, base_version=None, by=focal)
    form.refresh_from_db()
    return form, line


@pytest.mark.parametrize("route", form_routes())
@pytest.mark.parametrize("person", ["stranger", "donor"])
def test_no_address_opens_another_members_form(client, secret, route, person, request):
    form, line = secret
    client.force_login(request.getfixturevalue(person))
    inside = {"photo_remove": FormPhotoFactory(form=form).file.public_id}
    if route.startswith("line_") and route not in ("line_new", "line_take"):
        inside[route] = line.public_id
    path = reverse(f"campaigns:{route}", args=[form.public_id, *([inside[route]] if route in inside else [])])
    before = (form.lines.count(), form.version, form.answers.count())
    sent = {
        "answer-support": "x",
        "version": form.version,
        "activity": "all",
        "title": "x",
        "kind": "other",
        "starts_on": "2015-02-02",
        "place": "x",
        "reason": "x",
        "words": "x",
        "due_on": "2015-05-05",
    }

    for state in ("draft", "submitted", "returned", "accepted"):
        type(form).everything.filter(pk=form.pk).update(state=state)
        for answered in (client.get(path), client.post(path, sent)):
            assert answered.status_code in (403, 404, 405)
            assert CANARY not in answered.content.decode()
        form.refresh_from_db()
        assert (form.lines.count(), form.version, form.answers.count()) == before
        assert form.state == state


def test_lists_and_summaries_show_nothing_of_it(client, secret, stranger):
    form, _line = secret
    client.force_login(stranger)

    for path in (
        "/forms/",
        "/forms/?q=thanh+vien",
        "/forms/?format=csv",
        reverse("campaigns:round_summary", args=[form.round.public_id]),
        form.round.campaign.get_absolute_url(),
        form.round.edition.get_absolute_url(),
    ):
        answered = client.get(path)
        content = b"".join(answered) if answered.streaming else answered.content
        assert answered.status_code == 200
        assert CANARY not in content.decode()
        assert form.public_id not in content.decode()


def test_a_line_of_another_form_is_not_reached_through_ones_own(client, secret, strangers_form, stranger):
    _form, line = secret
    client.force_login(stranger)

    for name in ("line_edit", "line_remove"):
        path = reverse(f"campaigns:{name}", args=[strangers_form.public_id, line.public_id])
        client.post(path, {"title": "x", "kind": "other", "starts_on": "2015-02-02"})

    assert FormLine.objects.filter(pk=line.pk, activity__title=CANARY).exists()


def test_a_note_cannot_be_put_on_another_forms_line(submitted, strangers_form, stranger, coordinator):
    foreign = fill(strangers_form, stranger)

    with pytest.raises(Exception, match=r"does not have|không có"):
        actions.return_form(
            submitted,
            by=coordinator,
            notes=[(f"line-{foreign.public_id}-title", "x")],
            today=submitted.submitted_at.date(),
        )

    assert not CellNote.objects.exists()
