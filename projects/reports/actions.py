"""Verbs on donor reports: write a section, finish, ask for files."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from coalition import text
from coalition.files.models import StoredFile
from coalition.records import Conflict
from projects.models import DonorReport, ReportSection
from projects.reports import cleaning, paper, sheets, words
from projects.reports import document as documents

MAKERS = {
    "pdf": (paper.make, "application/pdf"),
    "docx": (words.make, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (sheets.make, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@transaction.atomic
def write_section(report, *, code, written, version, by):
    """Save the coordinator's text of one section; Conflict if somebody has saved it since it was read."""
    section, _made = ReportSection.objects.select_for_update().get_or_create(
        report=report, code=code, defaults={"version": 0}
    )
    cleaned = cleaning.clean_html(written)
    if section.text == cleaned:
        return section
    if section.version != (version or 0):
        raise Conflict(report, report, [(code, section.text, cleaned)])
    section.text, section.version = cleaned, section.version + 1
    section.save()
    _show_in_preview(report, code, cleaned)
    return section


def _show_in_preview(report, code, cleaned):
    """Put the new text into the kept preview; its figures stay as of their moment."""
    document = report.preview
    for part in document["sections"] if document else []:
        if part["code"] == code:
            part["written"] = cleaned
    DonorReport.objects.filter(pk=report.pk).update(preview=document)


def refresh(report, *, now=None):
    """Build the draft anew from the log and keep it as the preview; return the document."""
    now = now or timezone.now()
    document = documents.build_for(report, made_on=timezone.localdate(now))
    if report.state == DonorReport.State.DRAFT:
        DonorReport.objects.filter(pk=report.pk).update(preview=document, previewed_at=now)
        report.preview, report.previewed_at = document, now
    return document


@transaction.atomic
def finish(report, *, by, now=None):
    """Freeze data, texts and rules as a snapshot with its SHA-256. Finishing twice changes nothing."""
    report = DonorReport.objects.select_for_update().get(pk=report.pk)
    if report.state == DonorReport.State.FINISHED:
        return report
    now = now or timezone.now()
    snapshot = documents.build_for(report, made_on=timezone.localdate(now))
    snapshot["finished"] = True
    report.preview, report.previewed_at = None, None
    report.snapshot, report.sha256 = snapshot, documents.fingerprint(snapshot)
    report.state, report.finished_at, report.finished_by = DonorReport.State.FINISHED, now, by
    report.save()
    return report


def make_file(report, *, kind, by, progress=None):
    """Build the report as "pdf", "docx" or "xlsx" and keep it beside the report; return the StoredFile.

    The same finished report gives the same bytes, which are stored once.
    """
    document = documents.build_for(report, made_on=timezone.localdate(), on_section=progress)
    maker, content_type = MAKERS[kind]
    content = maker(document)
    name = f"{text.slug(report.title)[:80] or 'report'}-{report.language}.{kind}"
    return keep_file(report, content=content, name=name, content_type=content_type, by=by)


@transaction.atomic
def keep_file(report, *, content, name, content_type, by):
    import hashlib

    sha256 = hashlib.sha256(content).hexdigest()
    kept = report.files.filter(sha256=sha256).first()
    if kept:
        return kept
    stored = StoredFile(
        original_name=name[-120:], kind=StoredFile.Kind.DOCUMENT, content_type=content_type, size=len(content),
        sha256=sha256, organisation=report.project.lead, shows_people=False, created_by=by,
    )
    stored.content.save(name, ContentFile(content), save=False)
    stored.save()
    report.files.add(stored)
    return stored
