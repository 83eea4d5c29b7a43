"""Photos and stories in reports: none without consent, none after a withdrawal, and where each was given out."""

import datetime as dt
import io
import json

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document
from PIL import Image

from coalition.files import actions as files
from coalition.files.models import Consent, StoredFile
from projects.models import Evidence
from projects.reports import actions, paper, pictures, words
from tests.factories.reports import ReportFactory
from tests.reports.test_document import build


@pytest.fixture
def photo(logged):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
    stored = StoredFile(
        original_name="ngay-hoi.jpg",
        kind="photo",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        organisation=logged.lead,
        caption="Ngày hội",
    )
    stored.content.save("ngay-hoi.jpg", ContentFile(picture.getvalue()))
    Evidence.objects.create(
        activity=logged.activities.filter(state="held", starts_on__year=2020).first(), file=stored
    )
    return stored


def consent(photo, **fields):
    return Consent.objects.create(
        file=photo,
        representative_agreed_on=dt.date(2020, 3, 1),
        paper_kept_by="MSD",
        **{"for_donor_report": True, **fields},
    )


@pytest.fixture
def story(logged):
    stored = files.store_story(
        "Em đã nói với Quốc hội.\nMọi người lắng nghe & hỏi lại.",
        title="Chuyện của một em gái", organisation=logged.lead, by=None, shows_people=True,
    )  # fmt: skip
    activity = logged.activities.filter(state="held", starts_on__year=2020).first()
    Evidence.objects.create(activity=activity, file=stored)
    return stored


def images(content):
    return content.count(b"/Subtype /Image")


def test_without_consent_no_photo_is_taken(logged, photo):
    assert pictures.named(build(logged)) == []


def test_consent_for_another_purpose_is_none_for_this_one(logged, photo):
    consent(photo, for_donor_report=False, for_website=True)

    assert pictures.named(build(logged)) == []


def test_with_consent_the_photo_is_in_the_pdf(logged, photo):
    consent(photo)
    document = build(logged)

    assert pictures.named(document) == [photo.public_id]
    assert images(paper.make(document)) == 1


def test_after_a_withdrawal_even_a_finished_report_no_longer_prints_it_and_is_listed(
    logged, photo, coordinator
):
    given = consent(photo)
    report = actions.finish(ReportFactory(project=logged), by=coordinator)
    assert images(paper.make(report.snapshot)) == 1

    given.withdrawn_at = timezone.now()
    given.save()

    assert images(paper.make(report.snapshot)) == 0
    assert pictures.uses(photo) == [(report.title, report.get_absolute_url())]


def printed(document):
    return paper.html(document, pictures.contents(document))


def test_a_story_stands_in_a_report_only_with_a_consent_for_donors(logged, story):
    assert pictures.named(build(logged)) == []
    consent(story)

    document = build(logged)

    assert pictures.named(document) == [story.public_id]
    assert "Mọi người lắng nghe &amp; hỏi lại." in printed(document)
    assert paper.make(document).startswith(b"%PDF")
    assert "Mọi người lắng nghe" in "\n".join(
        line.text for line in Document(io.BytesIO(words.make(document))).paragraphs
    )


def test_a_withdrawn_story_leaves_even_a_finished_report_and_is_listed(logged, story, coordinator):
    given = consent(story)
    report = actions.finish(ReportFactory(project=logged), by=coordinator)
    assert "Mọi người lắng nghe" not in json.dumps(report.snapshot, ensure_ascii=False)

    given.withdrawn_at = timezone.now()
    given.save()

    assert "Mọi người lắng nghe" not in printed(report.snapshot)
    assert pictures.uses(story) == [(report.title, report.get_absolute_url())]
