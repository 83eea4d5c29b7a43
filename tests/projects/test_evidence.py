"""Evidence of activities: what is taken in, who sees it, and consent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from coalition.files.models import StoredFile
from projects.models import Evidence
from tests.factories.files import ConsentFactory, StoredFileFactory
from tests.factories.projects import ActivityFactory, EvidenceFactory, FundingLineFactory
from tests.files.test_checks import docx, photo


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def activity(member):
    return ActivityFactory(lead=member, is_shared=True)


def add(client, activity, *files, **more):
    return client.post(f"{activity.get_absolute_url()}evidence/", {"files": files, **more})


def test_several_files_are_taken_in_at_once(client, focal, activity):
    client.force_login(focal)

    response = add(
        client, activity, SimpleUploadedFile("a.jpg", photo()), SimpleUploadedFile("b.docx", docx())
    )

    assert response.status_code == 302
    assert {each.file.kind for each in activity.evidence.all()} == {"photo", "document"}


def test_what_is_refused_is_named_and_the_rest_is_kept(client, focal, activity):
    client.force_login(focal)

    response = add(
        client, activity, SimpleUploadedFile("a.jpg", photo()), SimpleUploadedFile("x.svg", b"<svg/>")
    )

    assert response.status_code == 415
    assert "x.svg" in response.content.decode()
    assert Evidence.objects.count() == 1


def test_a_file_that_is_too_large_is_413(client, focal, activity, monkeypatch):
    monkeypatch.setattr("coalition.files.checks.PHOTO_SIZE", 10)
    client.force_login(focal)

    assert add(client, activity, SimpleUploadedFile("a.jpg", photo())).status_code == 413


def test_no_file_at_all_is_asked_for(client, focal, activity):
    client.force_login(focal)

    assert add(client, activity).status_code == 422


def test_the_same_file_twice_is_one_evidence(client, focal, activity):
    client.force_login(focal)
    add(client, activity, SimpleUploadedFile("a.jpg", photo()))
    add(client, activity, SimpleUploadedFile("b.jpg", photo()))

    assert Evidence.objects.count() == StoredFile.objects.count() == 1


def opens(client, person, evidence):
    client.force_login(person)
    return client.get(reverse("files:file_open", args=[evidence.file.public_id])).status_code == 200


def test_pictures_of_people_stay_internal_until_somebody_agreed(client, focal, stranger, activity, member):
    evidence = EvidenceFactory(activity=activity, file=StoredFileFactory(organisation=member))

    assert opens(client, focal, evidence)
    assert not opens(client, stranger, evidence)
    assert evidence.file.public_id not in client.get(activity.get_absolute_url()).content.decode()
    ConsentFactory(file=evidence.file)
    assert opens(client, stranger, evidence)
    assert evidence.file.public_id in client.get(activity.get_absolute_url()).content.decode()


def test_what_hangs_on_an_activity_one_may_not_see_is_closed(client, stranger, member):
    hidden = ActivityFactory(lead=member)
    evidence = EvidenceFactory(
        activity=hidden, file=StoredFileFactory(organisation=member, shows_people=False)
    )

    assert not opens(client, stranger, evidence)


def test_a_donor_opens_only_what_was_agreed_for_donors(client, donor, donor_organisation, activity, member):
    line = FundingLineFactory(giver=donor_organisation)
    activity.projects.add(line.project)
    evidence = EvidenceFactory(activity=activity, file=StoredFileFactory(organisation=member))
    ConsentFactory(file=evidence.file)

    assert not opens(client, donor, evidence)
    ConsentFactory(file=evidence.file, for_donor_report=True)
    assert opens(client, donor, evidence)


def test_only_editors_add_and_remove(client, focal, stranger, activity, member):
    evidence = EvidenceFactory(activity=activity, file=StoredFileFactory(organisation=member))
    address = reverse("projects:evidence_remove", args=[activity.public_id, evidence.file.public_id])

    client.force_login(stranger)
    assert add(client, activity, SimpleUploadedFile("a.jpg", photo())).status_code == 404
    assert client.post(address).status_code == 404
    client.force_login(focal)
    assert client.post(address).status_code == 302
    evidence.file.refresh_from_db()
    assert evidence.file.archived_at


def test_what_was_taken_off_comes_back_from_the_page_and_history_tells_of_both(
    client, focal, stranger, activity, member
):
    file = StoredFileFactory(organisation=member, original_name="anh-1.jpg", caption="Lớp tập huấn")
    EvidenceFactory(activity=activity, file=file)
    remove, restore = (
        reverse(f"projects:evidence_{name}", args=[activity.public_id, file.public_id])
        for name in ("remove", "restore")
    )
    client.force_login(focal)
    for _twice in range(2):
        client.post(remove)

    assert not opens(client, focal, activity.evidence.get())
    assert restore in page_of(client, focal, activity)
    assert restore not in page_of(client, stranger, activity)
    assert client.post(restore).status_code == 404
    client.force_login(focal)
    for _twice in range(2):
        client.post(restore)

    assert opens(client, focal, activity.evidence.get())
    history = client.get(f"{activity.get_absolute_url()}history/").content.decode()
    assert "anh-1.jpg" not in history
    assert history.count("bỏ minh chứng: Ảnh") == 1
    assert history.count("đưa trở lại minh chứng: Ảnh") == 1


def tell(client, activity, **more):
    told = {"title": "Chuyện của một em gái", "words": "Em đã nói với Quốc hội.\nMọi người lắng nghe."} | more
    return client.post(f"{activity.get_absolute_url()}evidence/story/", told)


def page_of(client, person, activity):
    client.force_login(person)
    return client.get(activity.get_absolute_url()).content.decode()


def test_a_story_stays_internal_until_those_it_is_about_agreed(client, focal, stranger, activity):
    client.force_login(focal)

    assert tell(client, activity).status_code == 302

    file = StoredFile.objects.get()
    assert (file.kind, file.shows_people, file.caption) == ("story", True, "Chuyện của một em gái")
    assert "Mọi người lắng nghe" in page_of(client, focal, activity)
    assert "Mọi người lắng nghe" not in page_of(client, stranger, activity)
    consent = ConsentFactory(file=file)
    assert "Mọi người lắng nghe" in page_of(client, stranger, activity)
    consent.withdrawn_at = timezone.now()
    consent.save()
    assert "Mọi người lắng nghe" not in page_of(client, stranger, activity)


def test_a_story_in_which_nobody_can_be_recognised_needs_no_consent(client, focal, stranger, activity):
    client.force_login(focal)

    tell(client, activity, shows_nobody="on")

    assert "Mọi người lắng nghe" in page_of(client, stranger, activity)


def test_a_donor_reads_a_story_only_with_a_consent_for_donors(
    client, focal, donor, donor_organisation, activity
):
    activity.projects.add(FundingLineFactory(giver=donor_organisation).project)
    client.force_login(focal)
    tell(client, activity)
    file = StoredFile.objects.get()
    ConsentFactory(file=file)

    assert "Mọi người lắng nghe" not in page_of(client, donor, activity)
    ConsentFactory(file=file, for_donor_report=True)
    assert "Mọi người lắng nghe" in page_of(client, donor, activity)


def test_a_story_told_twice_is_kept_once_and_markup_in_it_is_text(client, focal, activity):
    client.force_login(focal)
    for _click in range(2):
        tell(client, activity, words="<script>alert(1)</script>")

    assert Evidence.objects.count() == StoredFile.objects.count() == 1
    assert "<script>alert(1)" not in page_of(client, focal, activity)


def test_a_story_without_words_is_asked_for_and_keeps_its_title(client, focal, activity):
    client.force_login(focal)

    response = tell(client, activity, words=" ")

    assert response.status_code == 422
    assert "Chuyện của một em gái" in response.content.decode()


def test_a_stranger_tells_no_story_for_others(client, stranger, activity):
    client.force_login(stranger)

    assert tell(client, activity).status_code == 404
