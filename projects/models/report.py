"""Donor reports: a draft over the log, then a finished report that keeps its snapshot."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.files.models import StoredFile
from coalition.members.models import Organisation
from coalition.obligations.models import Obligation
from coalition.records import CurrentManager, Record, RecordQuerySet
from projects.models.project import Project


class DonorReportQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The secretariat sees all; a donor's reader the finished ones of projects it funds."""
        if user.is_secretariat:
            return self
        return self.filter(
            state=DonorReport.State.FINISHED,
            project__in=Project.objects.visible_to(user).filter(
                funding__giver__in=user.donor_organisation_ids
            ),
        )

    def editable_by(self, user):
        return self.filter(state=DonorReport.State.DRAFT) if user.has_right("report.draft") else self.none()


class DonorReport(Record):
    """A report on one project and period in a donor's template; finished, its figures never change again."""

    SEARCHED = ("title",)
    SORTED_BY = "title"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        FINISHED = "finished", _("Finished")

    class Language(models.TextChoices):
        VI = "vi", _("Vietnamese")
        EN = "en", _("English")
        BOTH = "both", _("Vietnamese and English")

    title = models.CharField(_("title"), max_length=300)
    # A project, an organisation's work, or neither: the whole coalition.
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("project")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    # Something of an upper room, such as "campaign:PUBLIC_ID"; see projects/reports/registry.py.
    topic = models.CharField(_("campaign"), max_length=60, blank=True)
    obligation = models.OneToOneField(
        Obligation, models.PROTECT, null=True, blank=True, related_name="donor_report", editable=False
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    template_code = models.CharField(_("template"), max_length=20, default="PROJECT")
    language = models.CharField(_("language"), max_length=4, choices=Language.choices, default=Language.VI)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    province_generation = models.PositiveSmallIntegerField(
        _("provinces"), choices=[(34, _("today's 34")), (63, _("the former 63"))], default=34
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    # As last built from the log, with the moment: read often, while building asks two dozen questions.
    preview = models.JSONField(null=True, blank=True, editable=False)
    previewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    snapshot = models.JSONField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    files = models.ManyToManyField(StoredFile, blank=True, related_name="reports", editable=False)

    objects = CurrentManager.from_queryset(DonorReportQuerySet)()
    everything = models.Manager.from_queryset(DonorReportQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="report_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A period cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="report_about_one_thing",
                condition=Q(project=None, organisation=None)
                | Q(project=None, topic="")
                | Q(organisation=None, topic=""),
                violation_error_message=_(
                    "A report is about one thing: a project, an organisation or a campaign."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("projects:report_page", self.public_id)

    @property
    def subject(self):
        """What the report is about, in words: the project, the organisation, the topic or the coalition."""
        from projects.reports import registry  # which knows the upper rooms' topics, and this model

        if self.topic:
            return registry.topic_title(self.topic, get_language())
        return str(self.project or self.organisation or _("The whole coalition"))


class ReportSection(models.Model):
    """What the coordinator writes in one section of a draft, beside what the log fills in."""

    report = models.ForeignKey(DonorReport, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40)
    text = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="report_section_once")]


class ReportLetter(Record):
    """The official letter with which a finished report goes to its donor; one in each language."""

    SEARCHED = ("subject",)
    SORTED_BY = "subject"

    report = models.ForeignKey(DonorReport, models.CASCADE, related_name="letters", editable=False)
    language = models.CharField(
        max_length=2, choices=[("vi", _("Vietnamese")), ("en", _("English"))], editable=False
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=60)
    dated_on = models.DateField(_("dated"))
    subject = models.CharField(_("subject"), max_length=300)
    recipients = models.TextField(_("recipients"), max_length=1000)
    text = models.TextField(_("text"), max_length=8000)
    signer_title = models.CharField(_("position of who signs"), max_length=120)
    signer_name = models.CharField(_("who signs"), max_length=120, blank=True)
    copies = models.TextField(_("copies to"), max_length=1000, blank=True)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["report", "language"], name="report_letter_once_a_language"),
        ]

    def __str__(self):
        return self.subject
