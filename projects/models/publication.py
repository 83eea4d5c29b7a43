"""What was published, and what was said to those who make law and policy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.files.models import StoredFile
from coalition.members.models import Organisation
from coalition.records import CurrentManager, Record, RecordQuerySet
from projects.models.activity import Activity
from projects.models.project import Project


class SharedWorkQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Members see all; a donor's reader what belongs to a project it sees."""
        if user.is_secretariat or user.organisation_ids:
            return self
        return self.filter(project__in=Project.objects.visible_to(user))

    def to_get(self, user):
        """What may be fetched: by everybody what is public, by people of the portal what they see."""
        is_open = Q(is_public=True)
        if user.is_authenticated:
            is_open |= Q(pk__in=self.visible_to(user).values("pk"))
        return self.filter(is_open)

    def editable_by(self, user):
        return self if user.has_right("project.edit") else self.none()


class Publication(Record):
    """A report, handbook or film that the coalition or a project brought out."""

    SEARCHED = ("title_vi", "title_en")
    SORTED_BY = "title_vi"

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        SUMMARY = "summary", _("Summary report")
        HANDBOOK = "handbook", _("Handbook")
        SURVEY = "survey", _("Survey")
        MEDIA = "media", _("Film, picture or audio")
        OTHER = "other", _("Other")

    title_vi = models.CharField(_("title in Vietnamese"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.REPORT)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name=_("project")
    )
    full_version = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="summaries", verbose_name=_("full report")
    )
    launch = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="launches",
        verbose_name=_("launched at"),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    languages = models.CharField(_("languages"), max_length=40, default="vi")
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    link = models.URLField(_("link"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name=_("file")
    )
    is_public = models.BooleanField(_("shown to everyone"), default=False)

    objects = CurrentManager.from_queryset(SharedWorkQuerySet)()
    everything = models.Manager.from_queryset(SharedWorkQuerySet)()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("projects:publication_page", self.public_id)

    @property
    def title(self):
        return (self.title_en or self.title_vi) if get_language() == "en" else self.title_vi

    @property
    def language_names(self):
        """The languages by name; a code that is none stands as it was typed."""
        names = []
        for code in (each.strip() for each in self.languages.split(",")):
            try:
                names.append(get_language_info(code)["name_translated"])
            except KeyError:
                names.append(code)
        return ", ".join(str(name) for name in names if name)


class DownloadCountQuerySet(models.QuerySet):
    def total(self):
        return self.aggregate(total=models.Sum("number"))["total"] or 0


class DownloadCount(models.Model):
    """How often a publication was fetched on one day; nothing is kept about who fetched it."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="downloads")
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    objects = DownloadCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "day"], name="downloads_of_a_day_once")]


class PolicyInput(Record):
    """Comments or recommendations on a law, programme or policy, and how far they came."""

    SEARCHED = ("title", "document", "body")
    SORTED_BY = "title"

    class Stage(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        SUBMITTED = "submitted", _("Submitted")
        CONSIDERED = "considered", _("Considered")
        ADOPTED = "adopted", _("Adopted")
        REJECTED = "rejected", _("Rejected")

    title = models.CharField(_("title"), max_length=300)
    document = models.CharField(_("document or law"), max_length=300, blank=True)
    body = models.CharField(_("body it went to"), max_length=200, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.DRAFTED)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="policy_inputs",
        verbose_name=_("project"),
    )
    answer = models.TextField(_("what was answered"), blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="policy_inputs",
        verbose_name=_("file"),
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="policy_inputs", verbose_name=_("organisations")
    )
    activities = models.ManyToManyField(
        Activity, blank=True, related_name="policy_inputs", verbose_name=_("activities")
    )

    objects = CurrentManager.from_queryset(SharedWorkQuerySet)()
    everything = models.Manager.from_queryset(SharedWorkQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="policy_input_submitted_has_date",
                condition=Q(stage="drafted") | Q(submitted_on__isnull=False),
                violation_error_message=_("Say when it was submitted."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("projects:policy_input_page", self.public_id)
