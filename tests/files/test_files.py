"""Keeping files, serving them to those who may see them, and consent."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from coalition.files import access, actions
from coalition.files.models import Consent, StoredFile
from tests.factories.files import ConsentFactory, StoredFileFactory
from tests.files.test_checks import docx, photo

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_photo_is_kept_under_a_random_name_with_a_true_ending(member, focal):
    file = actions.store(SimpleUploadedFile("Ảnh lớp.PNG", photo("PNG")), organisation=member, by=focal)

    assert file.original_name == "Ảnh lớp.jpg"
    assert uuid.UUID(file.content.name.split("/")[-1].removesuffix(".bin"))
    assert file.shows_people
    assert (file.width, file.height) == (40, 30)


def test_the_same_content_is_kept_once_for_an_organisation(member, other_member, focal):
    content = docx()  # a second one would bear the time of its own making
    first = actions.store(SimpleUploadedFile("a.docx", content), organisation=member, by=focal)
    again = actions.store(SimpleUploadedFile("b.docx", content), organisation=member, by=focal)
    elsewhere = actions.store(SimpleUploadedFile("b.docx", content), organisation=other_member, by=focal)

    assert first == again
    assert first != elsewhere


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg"])
def test_other_kinds_are_refused_with_words(member, focal, name):
    with pytest.raises(actions.checks.Refused) as refused:
        actions.store(SimpleUploadedFile(name, b"<html>"), organisation=member, by=focal)
    assert "PDF" in refused.value.messages[0]


@pytest.mark.parametrize(("given", "shown"), [
    ("../../etc/passwd", "passwd.pdf"), ("C:\\tmp\\bao cao.pdf", "bao cao.pdf"), ("", "file.pdf"),
    ("x" * 300 + ".pdf", "x" * 112 + ".pdf"), ("Tre\u0309 em.pdf", "Trẻ em.pdf"),
])  # fmt: skip
def test_names_are_for_people_only(given, shown):
    assert actions.display_name(given, "pdf") == shown


def test_the_owner_opens_a_file_and_a_stranger_does_not_know_of_it(client, member, focal, stranger, settings):
    file = actions.store(SimpleUploadedFile("a.docx", docx()), organisation=member, by=focal)
    address = reverse("files:file_open", args=[file.public_id])

    client.force_login(focal)
    response = client.get(address)
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]

    client.force_login(stranger)
    assert client.get(address).status_code == 404


def test_a_room_above_can_open_a_file_to_more_people(client, member, focal, stranger):
    file = actions.store(SimpleUploadedFile("a.docx", docx()), organisation=member, by=focal)
    access._providers.append(lambda user: StoredFile.objects.filter(pk=file.pk).values("pk"))
    try:
        client.force_login(stranger)
        assert client.get(reverse("files:file_open", args=[file.public_id])).status_code == 200
    finally:
        access._providers.pop()


def test_without_consent_a_picture_of_people_is_for_nothing(db):
    with_people, with_nobody = StoredFileFactory(), StoredFileFactory(shows_people=False)
    agreed = ConsentFactory(for_donor_report=True).file

    usable = StoredFile.objects.usable_for("donor_report", TODAY)

    assert {*usable} == {with_nobody, agreed}
    assert with_people not in StoredFile.objects.usable_for("website", TODAY)
    assert agreed not in StoredFile.objects.usable_for("website", TODAY)


def test_a_consent_ends_on_its_last_day(db):
    file = ConsentFactory(for_website=True, expires_on=TODAY).file

    assert file in StoredFile.objects.usable_for("website", TODAY)
    assert file not in StoredFile.objects.usable_for("website", TODAY + dt.timedelta(1))


def test_a_withdrawn_consent_closes_the_picture_and_withdrawing_twice_changes_nothing(db, focal):
    consent = ConsentFactory(for_donor_report=True)
    ConsentFactory(file=consent.file, for_donor_report=True)

    assert actions.withdraw(consent, by=focal, now=timezone.now())
    assert not actions.withdraw(consent, by=focal, now=timezone.now())
    assert consent.file not in StoredFile.objects.usable_for("donor_report", TODAY)


def consent_form(**changes):
    return {
        "for_donor_report": "on",
        "representative_agreed_on": "2026-01-05",
        "paper_kept_by": "Văn phòng",
        **changes,
    }


def test_a_consent_is_recorded_by_its_organisation_only(client, member, focal, stranger):
    file = StoredFileFactory(organisation=member)
    address = reverse("files:file_consent", args=[file.public_id])

    client.force_login(stranger)
    assert client.post(address, consent_form()).status_code == 404
    client.force_login(focal)
    assert client.post(address, consent_form()).status_code == 302
    assert Consent.objects.get().file == file
    assert client.get(address).status_code == 200


def test_from_seven_the_child_must_agree_and_a_purpose_must_be_ticked(client, member, focal):
    address = reverse("files:file_consent", args=[StoredFileFactory(organisation=member).public_id])
    client.force_login(focal)

    assert client.post(address, consent_form(is_child_from_7="on")).status_code == 422
    assert client.post(address, consent_form(for_donor_report="")).status_code == 422
    assert not Consent.objects.exists()


def test_withdrawing_asks_first(client, member, focal, stranger):
    consent = ConsentFactory(file=StoredFileFactory(organisation=member))
    address = reverse("files:consent_withdraw", args=[consent.file.public_id, consent.pk])

    client.force_login(stranger)
    assert client.post(address).status_code == 404
    client.force_login(focal)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at
