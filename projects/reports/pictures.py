"""The photos and stories of a report: which may still be shown, and where one was given out."""

from django.urls import reverse
from django.utils import timezone

from coalition.files.models import StoredFile
from projects.models import DonorReport


def named(document):
    """Return the public ids of the stored files that a document names."""
    return [
        file
        for section in document["sections"]
        for block in section["blocks"]
        if block["type"] == "photos"
        for file, _caption in block["items"]
    ]


def allowed(document, *, today=None):
    """Return {public id: StoredFile} of the named photos and stories that may stand in a donor report on `today`."""
    names = named(document)
    if not names:
        return {}
    usable = StoredFile.objects.filter(kind__in=("photo", "story"), public_id__in=names)
    return {file.public_id: file for file in usable.usable_for("donor_report", today or timezone.localdate())}


def contents(document):
    """Return {public id: (bytes, content type)} for the printer."""
    found = {}
    for name, file in allowed(document).items():
        with file.content.open("rb") as opened:
            found[name] = (opened.read(), file.content_type)
    return found


def story(kept):
    """Return the words of a story, given as a StoredFile or as (bytes, content type); "" for a photo."""
    if isinstance(kept, StoredFile):
        return kept.words
    content, kind = kept or (b"", "")
    return content.decode("utf-8") if kind.startswith("text/plain") else ""


def uses(file):
    """Return (words, address) of the finished reports in which the photo or story was given out."""
    reports = DonorReport.objects.filter(state=DonorReport.State.FINISHED, snapshot__isnull=False)
    return [
        (str(report), reverse("projects:report_page", args=[report.public_id]))
        for report in reports.filter(snapshot__icontains=f'"{file.public_id}"').defer("preview")
        if file.public_id in named(report.snapshot)
    ]
