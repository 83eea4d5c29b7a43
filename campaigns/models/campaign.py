"""Campaigns, each of their runs, and what a run is made of: challenges, festival days, contests."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.members.models import Organisation
from coalition.records import CurrentManager, Record, RecordQuerySet
from projects.models import Activity, FundingLine, Project


class InTwoLanguages:
    """Reads `title_vi`/`title_en` and the like in the person's language, else in Vietnamese."""

    def words(self, field, language=None):
        english = (language or get_language() or "vi").startswith("en") and getattr(self, f"{field}_en")
        return english or getattr(self, f"{field}_vi")

    @property
    def title(self):
        return self.words("title")

    @property
    def message(self):
        return self.words("message")

    @property
    def story(self):
        return self.words("story")

    @property
    def note(self):
        return self.words("note")

    def __str__(self):
        return self.title


class CampaignQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Campaigns are the coalition's: members see all; a donor's reader those of projects it funds."""
        if user.is_secretariat or user.organisation_ids:
            return self
        funded = FundingLine.objects.filter(giver__in=user.donor_organisation_ids).values("project")
        return self.filter(
            pk__in=Campaign.projects.through.objects.filter(project__in=funded).values("campaign")
        )

    def editable_by(self, user):
        return self if user.has_right("campaign.edit") else self.none()

    def open_to_the_public(self):
        return self.filter(is_public=True)

    def for_list(self):
        return self.select_related("lead").order_by("-starts_on", "pk")


class Campaign(InTwoLanguages, Record):
    """What the coalition says together in public over months or years; members report on it or join in."""

    SEARCHED = ("code", "title_vi", "title_en", "message_vi", "message_en")
    SORTED_BY = "title_vi"

    code = models.SlugField(_("code"), max_length=30, unique=True)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    message_vi = models.TextField(_("message in Vietnamese"), blank=True)
    message_en = models.TextField(_("message in English"), blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_campaigns", verbose_name=_("lead organisation")
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    projects = models.ManyToManyField(
        Project, blank=True, related_name="campaigns", verbose_name=_("projects")
    )
    asks_for_forms = models.BooleanField(_("members file a form each quarter"), default=False)
    is_public = models.BooleanField(_("has a page that everybody may read"), default=False)

    objects = CurrentManager.from_queryset(CampaignQuerySet)()
    everything = models.Manager.from_queryset(CampaignQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="campaign_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A campaign cannot end before it starts."),
            ),
        ]

    def get_absolute_url(self):
        return address_of("campaigns:campaign_page", self.public_id)


class EditionQuerySet(RecordQuerySet):
    def visible_to(self, user):
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def editable_by(self, user):
        return self if user.has_right("campaign.edit") else self.none()

    def running_in(self, starts_on, ends_on):
        """Editions that run on some day of the period."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), starts_on__lte=ends_on)


class Edition(InTwoLanguages, Record):
    """One run of a campaign, with the activities of the log that belong to it."""

    SEARCHED = ("title_vi", "title_en", "story_vi", "story_en")
    SORTED_BY = "title_vi"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="editions", verbose_name=_("campaign")
    )
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    story_vi = models.TextField(_("in Vietnamese: what it was about"), blank=True)
    story_en = models.TextField(_("in English: what it was about"), blank=True)
    activities = models.ManyToManyField(
        Activity, blank=True, related_name="editions", verbose_name=_("activities")
    )

    objects = CurrentManager.from_queryset(EditionQuerySet)()
    everything = models.Manager.from_queryset(EditionQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "starts_on"],
                name="edition_starts_once",
                violation_error_message=_("This campaign already has an edition that starts on this day."),
            ),
            models.CheckConstraint(
                name="edition_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("An edition cannot end before it starts."),
            ),
        ]

    def get_absolute_url(self):
        return address_of("campaigns:edition_page", self.public_id)


class Component(InTwoLanguages, models.Model):
    """One thing an edition is made of; the activity in the log says the rest."""

    class Kind(models.TextChoices):
        CHALLENGE = "challenge", _("Challenge, day by day")
        FESTIVAL = "festival", _("Festival day")
        TRAINING = "training", _("Training of child leaders")
        DIALOGUE = "dialogue", _("Dialogue with children")
        CONTEST = "contest", _("Contest")
        MEDIA = "media", _("Media work")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="components")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    note_vi = models.TextField(_("in Vietnamese: a few words"), blank=True)
    note_en = models.TextField(_("in English: a few words"), blank=True)
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaign_components",
        verbose_name=_("activity in the log"),
    )
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "title_vi"], name="component_once")]


class Challenge(models.Model):
    """A challenge of so many days: each day asks for one small thing."""

    component = models.OneToOneField(Component, models.CASCADE, primary_key=True, related_name="challenge")
    starts_on = models.DateField(_("first day"))
    days = models.PositiveSmallIntegerField(_("number of days"), default=21)
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    joined = models.PositiveIntegerField(_("people who joined"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="challenge_has_days", condition=Q(days__gte=1, days__lte=366))
        ]


class ChallengeDay(InTwoLanguages, models.Model):
    """What one day of a challenge asks for."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="tasks")
    number = models.PositiveSmallIntegerField(_("day"))
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "number"], name="challenge_day_once")]


class Contest(models.Model):
    """A contest of an edition. Works are counted, their authors are not kept: many are children."""

    component = models.OneToOneField(Component, models.CASCADE, primary_key=True, related_name="contest")
    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(_("open until"))
    entries = models.PositiveIntegerField(_("works received"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contest_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("A contest cannot close before it opens."),
            )
        ]
