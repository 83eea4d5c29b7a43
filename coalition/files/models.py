"""Stored files and, for what shows a person, the consent they stand on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.members.models import Organisation
from coalition.records import CurrentManager, Record, RecordQuerySet


class StoredFileQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The secretariat sees all; others what their own organisations keep. Upper rooms open more."""
        return self if user.is_secretariat else self.filter(organisation__in=user.organisation_ids)

    def editable_by(self, user):
        if user.is_secretariat:
            return self
        return self.filter(organisation__in=user.writing_organisation_ids)

    def usable_for(self, purpose, day):
        """Files that may be used for a purpose: internal_report, donor_report, website or social_media.

        What shows nobody may be used; what shows people needs a consent in force for just this purpose,
        and one withdrawn consent closes the file to every purpose.
        """
        agreed = Consent.objects.in_force(day).filter(**{f"for_{purpose}": True})
        withdrawn = Consent.objects.filter(withdrawn_at__isnull=False)
        return self.filter(Q(shows_people=False) | Q(pk__in=agreed.values("file"))).exclude(
            pk__in=withdrawn.values("file")
        )


class StoredFile(Record):
    """A file that was checked by its content, stored under a random name, served only by right."""

    SEARCHED = ("original_name", "caption")
    SORTED_BY = "original_name"

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")
        SHEET = "sheet", _("Spreadsheet")
        STORY = "story", _("Story")

    content = models.FileField(upload_to="files/%Y/%m")
    original_name = models.CharField(_("file name"), max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="files")
    shows_people = models.BooleanField(_("shows people who can be recognised"), default=True)

    objects = CurrentManager.from_queryset(StoredFileQuerySet)()
    everything = models.Manager.from_queryset(StoredFileQuerySet)()

    def __str__(self):
        return self.original_name

    @property
    def words(self):
        """The text of a story, read from its file; a consent holds for just this text, so it is never changed."""
        if self.kind != self.Kind.STORY:
            return ""
        with self.content.open("rb") as content:
            return content.read().decode("utf-8")


class ConsentQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=day), withdrawn_at=None)


class Consent(models.Model):
    """A signed permission to use a photo or story, purpose by purpose (Law 91/2025/QH15, Art. 24)."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="consents")
    for_internal_report = models.BooleanField(_("internal report"), default=False)
    for_donor_report = models.BooleanField(_("donor report"), default=False)
    for_website = models.BooleanField(_("website"), default=False)
    for_social_media = models.BooleanField(_("social media"), default=False)
    representative_agreed_on = models.DateField(_("the representative agreed on"))
    is_child_from_7 = models.BooleanField(_("the child is 7 or older"), default=False)
    child_agreed_on = models.DateField(_("the child agreed on"), null=True, blank=True)
    paper_kept_by = models.CharField(_("who keeps the signed paper"), max_length=200)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_of_child_from_7",
                condition=Q(is_child_from_7=False) | Q(child_agreed_on__isnull=False),
                violation_error_message=_("From the age of 7 the child must agree as well."),
            )
        ]

    def is_in_force(self, day):
        return self.withdrawn_at is None and (self.expires_on is None or self.expires_on >= day)
