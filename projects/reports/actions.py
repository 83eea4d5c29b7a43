"""Verbs on donor reports: write a section, finish, ask for files."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition import text
from coalition.files.models import StoredFile
from coalition.members.models import Organisation
from coalition.obligations import actions as duties
from coalition.records import Conflict
from projects.models import DonorReport, ReportSection
from projects.reports import cleaning, paper, sheets, words
from projects.reports import document as documents

DUTY = "donor_report"
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
    words = cleaning.tidy(written)
    if section.text == words:
        return section
    if section.version != (version or 0):
        raise Conflict(report, report, [(code, section.text, words)])
    section.text, section.version = words, section.version + 1
    section.save()
    _show_in_preview(report, code, words)
    return section


def _show_in_preview(report, code, words):
    """Put the new text into the kept preview; its figures stay as of their moment."""
    kept = (
        DonorReport.objects.select_for_update().filter(pk=report.pk).values_list("preview", flat=True).first()
    )
    for part in kept["sections"] if kept else []:
        if part["code"] == code:
            part["written"] = cleaning.to_html(words)
    DonorReport.objects.filter(pk=report.pk).update(preview=kept)


def refresh(report, *, now=None):
    """Build a draft anew from the log and keep it as its preview."""
    now = now or timezone.now()
    document = documents.build_now(report, made_on=timezone.localdate(now))
    DonorReport.objects.filter(pk=report.pk).update(preview=document, previewed_at=now)
    report.preview, report.previewed_at = document, now
    return document


@transaction.atomic
def promise(report, *, due_on, by):
    """Put the duty to send this report to the donor on the ledger, or move its day."""
    if report.obligation_id:
        if due_on and report.obligation.due_on != due_on and report.obligation.state == "open":
            duties.move(
                report.obligation, due_on=due_on, reason=str(_("The report's due day was changed.")), by=by
            )
        return report
    if not due_on:
        return report
    report.obligation = duties.open_duty(
        kind=DUTY,
        organisation=owner(report),
        title=report.title,
        due_on=due_on,
        role="coordinator",
        by=by,
        source_path=report.get_absolute_url(),
        source_label=report.subject,
    )
    report.save()
    return report


@transaction.atomic
def discard(report, *, by):
    """Put a draft away that is no longer wanted; its duty is cancelled with it. Discarding twice changes nothing."""
    report = DonorReport.everything.select_for_update().get(pk=report.pk)
    if report.archived_at or report.state == DonorReport.State.FINISHED:
        return report
    if report.obligation_id and report.obligation.state == "open":
        duties.cancel(report.obligation, by=by, reason=str(_("The draft was discarded.")))
    report.archive()
    return report


@transaction.atomic
def new_version(report, *, by):
    """Open a draft that takes over the texts of a finished report; the finished one stays as it is."""
    open_draft = report.replaced_by.filter(state=DonorReport.State.DRAFT).first()
    if open_draft:
        return open_draft
    draft = DonorReport.objects.create(
        title=report.title,
        project=report.project,
        organisation=report.organisation,
        topic=report.topic,
        template_code=report.template_code,
        language=report.language,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        province_generation=report.province_generation,
        replaces=report,
        created_by=by,
    )
    ReportSection.objects.bulk_create(
        ReportSection(report=draft, code=section.code, text=section.text) for section in report.sections.all()
    )
    refresh(draft)
    return draft


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
    if report.obligation_id:
        duties.close(report.obligation, by=None, proof=str(_("The report is finished.")))
    return report


def make_file(report, *, kind, by, progress=None):
    """Build the report as "pdf", "docx" or "xlsx" and keep it beside the report; return the StoredFile.

    progress: called with (done, total, words); it rises from the first section to the last page. The same
    finished report gives the same bytes, which are stored once.
    """
    scale = _Scale(progress)
    document = documents.build_for(report, made_on=timezone.localdate(), on_section=scale.section)
    maker, content_type = MAKERS[kind]
    content = maker(document, on_step=scale.page) if kind == "pdf" else maker(document)
    name = f"{text.slug(report.title)[:80] or 'report'}-{report.language}.{kind}"
    return keep_file(report, content=content, name=name, content_type=content_type, by=by)


class _Scale:
    """One scale for both halves of a build: the sections come first, then the pages."""

    FIRST = 20  # percent that the sections take

    def __init__(self, progress):
        self.progress = progress

    def tell(self, done, total, words):
        if self.progress:
            self.progress(done, total, words)

    def section(self, done, total, title):
        self.tell(self.FIRST * done // max(total, 1), 100, title)

    def page(self, done, total):
        part = (99 - self.FIRST) * done // max(total, 1)
        self.tell(self.FIRST + part, 100, _("Laying out the pages"))


@transaction.atomic
def keep_file(report, *, content, name, content_type, by):
    """Keep a file beside the report, once: who makes the same at the same moment gets the same."""
    DonorReport.everything.select_for_update().get(pk=report.pk)
    sha256 = hashlib.sha256(content).hexdigest()
    kept = report.files.filter(sha256=sha256).first()
    if kept:
        return kept
    stored = StoredFile(
        original_name=name[-120:],
        kind=StoredFile.Kind.DOCUMENT,
        content_type=content_type,
        size=len(content),
        sha256=sha256,
        organisation=owner(report),
        shows_people=False,
        created_by=by,
    )
    stored.content.save(name, ContentFile(content), save=False)
    stored.save()
    report.files.add(stored)
    return stored


def owner(report):
    """Return the organisation that sends the report and keeps its files."""
    if report.project_id:
        return report.project.lead
    return (
        report.organisation
        or Organisation.objects.filter(is_secretariat=True).first()
        or report.created_by.organisation
    )
