"""Photos on the form: with the consent of those who can be seen, seen by nobody else, given out knowingly."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from campaigns import actions, photos
from campaigns.models import FormPhoto
from coalition.files import access
from coalition.files import actions as files
from coalition.files.models import Consent, StoredFile
from tests.campaigns.conftest import fill
from tests.factories.campaigns import FormPhotoFactory
from tests.factories.files import ConsentFactory, StoredFileFactory
from tests.factories.projects import EvidenceFactory
from tests.files.test_checks import docx, photo

CONSENT = {
    "consent-for_internal_report": "on",
    "consent-representative_agreed_on": "2015-02-10",
    "consent-paper_kept_by": "Văn phòng, điều phối viên",
}


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def add(client, form, *uploads, **more):
    return client.post(reverse("campaigns:photo_add", args=[form.public_id]), {"files": uploads, **more})


def a_photo(name="anh.jpg"):
    return SimpleUploadedFile(name, photo(), "image/jpeg")


def test_a_photo_is_kept_with_its_consent_and_its_activity(client, form, focal):
    line = fill(form, focal)
    client.force_login(focal)

    for _time in range(2):
        answered = add(
            client, form, a_photo(), caption="Các em vẽ", activity=line.activity.public_id, **CONSENT
        )

    assert answered.status_code == 302
    kept = FormPhoto.objects.get()
    assert (kept.form, kept.file.organisation, kept.file.caption) == (form, form.organisation, "Các em vẽ")
    assert Consent.objects.get().paper_kept_by == "Văn phòng, điều phối viên"
    assert line.activity.evidence.get().file == kept.file
    assert "Các em vẽ" in client.get(form.get_absolute_url()).content.decode()


def test_a_photo_of_people_without_consent_holds_the_submission_back(form, focal):
    fill(form, focal)
    shown = actions.add_photo(form, a_photo(), by=focal, caption="Lớp học")

    with pytest.raises(actions.NotReady) as refused:
        actions.submit(form, by=focal)
    assert [item.cell for item in refused.value.missing] == ["photos"]
    consent = ConsentFactory(file=shown.file)
    assert photos.of(form)[0].has_consent
    files.withdraw(consent, by=focal, now=timezone.now())
    assert not photos.of(form)[0].has_consent
    StoredFile.objects.update(shows_people=False)

    sent = actions.submit(form, by=focal)

    assert [each["caption"] for each in sent.snapshots.get().data["photos"]] == ["Lớp học"]


def test_photos_of_the_log_are_shown_and_hold_nothing_back(client, form, focal):
    line = fill(form, focal)
    EvidenceFactory(
        activity=line.activity, file=StoredFileFactory(organisation=form.organisation, caption="Từ nhật ký")
    )
    client.force_login(focal)

    assert "Từ nhật ký" in client.get(form.get_absolute_url()).content.decode()
    assert actions.submit(form, by=focal).state == "submitted"


def test_what_is_no_photo_is_named_and_the_rest_is_kept(client, form, focal):
    client.force_login(focal)

    answered = add(client, form, a_photo(), SimpleUploadedFile("thu.docx", docx()))

    assert answered.status_code == 415
    assert "thu.docx" in answered.content.decode()
    assert FormPhoto.objects.count() == 1


def test_a_consent_half_filled_in_is_asked_about_and_keeps_nothing(client, form, focal):
    client.force_login(focal)

    answered = add(client, form, a_photo(), caption="Các em vẽ", **{"consent-paper_kept_by": "Văn phòng"})

    assert answered.status_code == 422
    assert "Các em vẽ" in answered.content.decode()
    assert not StoredFile.objects.exists()


def test_a_photo_taken_out_goes_into_the_archive_unless_an_activity_has_it(client, form, focal):
    line = fill(form, focal)
    alone = FormPhotoFactory(form=form)
    in_log = FormPhotoFactory(form=form)
    EvidenceFactory(activity=line.activity, file=in_log.file)
    client.force_login(focal)

    for each in (alone, in_log, alone):
        client.post(reverse("campaigns:photo_remove", args=[form.public_id, each.file.public_id]))

    assert not FormPhoto.objects.exists()
    assert list(StoredFile.objects.all()) == [in_log.file]


def test_whoever_withdraws_a_consent_reads_in_which_forms_the_photo_was_handed_in(form, focal):
    fill(form, focal)
    kept = FormPhotoFactory(form=form)
    ConsentFactory(file=kept.file)
    assert access.uses_of(kept.file) == []

    actions.submit(form, by=focal)

    assert [address for _words, address in access.uses_of(kept.file)] == [form.get_absolute_url()]


def test_the_summary_shows_the_secretariat_what_may_be_used(client, form, focal, coordinator, stranger):
    fill(form, focal)
    agreed = FormPhotoFactory(form=form, file__caption="Được dùng")
    ConsentFactory(file=agreed.file)
    elsewhere = FormPhotoFactory(form=form, file__caption="Chỉ cho mạng xã hội")
    ConsentFactory(file=elsewhere.file, for_internal_report=False, for_social_media=True)
    actions.accept(actions.submit(form, by=focal), by=coordinator)
    path = reverse("campaigns:round_summary", args=[form.round.public_id])

    pages = {}
    for person in (coordinator, stranger):
        client.force_login(person)
        pages[person] = client.get(path).content.decode()

    assert "Được dùng" in pages[coordinator]
    assert "Chỉ cho mạng xã hội" not in pages[coordinator]
    assert "Được dùng" not in pages[stranger]


@pytest.mark.parametrize("person", ["stranger", "donor"])
def test_nobody_else_opens_a_photo_of_the_form_or_takes_it_out(client, form, person, request):
    kept = FormPhotoFactory(form=form)
    ConsentFactory(file=kept.file, representative_agreed_on=dt.date(2015, 1, 1))
    client.force_login(request.getfixturevalue(person))

    opened = client.get(reverse("files:file_open", args=[kept.file.public_id]))
    taken_out = client.post(reverse("campaigns:photo_remove", args=[form.public_id, kept.file.public_id]))

    assert opened.status_code == 404
    assert taken_out.status_code in (403, 404)
    assert FormPhoto.objects.count() == 1


def test_a_photo_of_another_form_is_not_reached_through_ones_own(client, form, strangers_form, stranger):
    kept = FormPhotoFactory(form=form)
    client.force_login(stranger)

    path = reverse("campaigns:photo_remove", args=[strangers_form.public_id, kept.file.public_id])

    assert client.post(path).status_code == 404
    assert FormPhoto.objects.count() == 1
