"""What filing leaves behind: steps, frozen snapshots, notes on cells, corrections, uploaded workbooks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns import cells
from campaigns.models.form import FormLine, QuarterlyForm
from campaigns.models.round import Question
from coalition.records import new_public_id
from projects.models import Activity, DonorReport


class FormStep(models.Model):
    """One step of a form between the two sides: who did what, when, why."""

    class Verb(models.TextChoices):
        ISSUED = "issued", _("asked for the form")
        STARTED = "started", _("started the form")
        SUBMITTED = "submitted", _("submitted the form")
        RETURNED = "returned", _("returned the form for changes")
        ACCEPTED = "accepted", _("accepted the form")
        REOPENED = "reopened", _("reopened the form")
        ON_BEHALF = "on_behalf", _("took over typing in the paper form")
        CONFIRMED = "confirmed", _("confirmed what was typed in for the organisation")
        IMPORTED = "imported", _("filled the form from a workbook")
        CORRECTED = "corrected", _("corrected an accepted number")

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["form", "at", "id"], name="form_step_order")]


class FormSnapshot(models.Model):
    """A form exactly as it was submitted; what was frozen never changes."""

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="snapshots")
    revision = models.PositiveSmallIntegerField()
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "revision"], name="form_snapshot_once")]


class CellNote(models.Model):
    """A remark of the coordinator on one cell of a returned form: an answer, or one field of a line."""

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="notes")
    revision = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="+")
    line = models.ForeignKey(FormLine, models.CASCADE, null=True, blank=True, related_name="notes")
    field = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cell_note_names_one_cell",
                condition=Q(question__isnull=False, line=None) | Q(question=None, line__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["form", "revision", "question"], name="cell_note_answer_once", condition=Q(line=None)
            ),
            models.UniqueConstraint(
                fields=["form", "revision", "line", "field"],
                name="cell_note_line_once",
                condition=Q(question=None),
            ),
        ]

    @property
    def cell(self):
        """The cell's name in pages and workbooks: "answer-CODE" or "line-ID-FIELD"."""
        return (
            f"answer-{self.question.code}" if self.question_id else f"line-{self.line.public_id}-{self.field}"
        )


class Correction(models.Model):
    """A number of an accepted form that was wrong: before, after, why, and which finished reports used it.

    Nobody is named where the number was changed in the activity log and its history does not say by whom.
    """

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="corrections")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="form_corrections")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reports = models.ManyToManyField(DonorReport, blank=True, related_name="form_corrections")

    @property
    def label(self):
        return cells.BY_CODE[self.field].label


class FormImport(models.Model):
    """An uploaded workbook, what was read from it, and what it would change; applied only when confirmed."""

    class State(models.TextChoices):
        WRONG = "wrong", _("Has cells to correct")
        READY = "ready", _("Waits for confirmation")
        APPLIED = "applied", _("Taken over")

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="imports")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    state = models.CharField(max_length=8, choices=State.choices)
    workbook = models.FileField(upload_to="workbooks/%Y/%m")
    original_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    read = models.JSONField(default=dict)  # {"lines": […], "answers": {…}, "encoding": …}
    mistakes = models.JSONField(default=list)  # [{"sheet", "cell", "words"}]
    base_revision = models.PositiveIntegerField(default=0)
    form_version = models.PositiveIntegerField()  # what the preview compared with
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "sha256", "form_version", "by"], name="form_import_once")
        ]
