"""The activity log: one row for each thing that happened or is planned."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.files.models import StoredFile
from coalition.members.models import Organisation
from coalition.records import CurrentManager, Record, RecordQuerySet
from coalition.reference.models import Article, Pillar, Province, Recommendation
from projects.models.project import FundingLine, Project


class ActivityQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The secretariat sees all; a member its own and what is shared; a donor's reader the shared
        activities of the projects it funds."""
        if user.is_secretariat:
            return self
        mine = user.organisation_ids
        if mine:
            through = Activity.co_organisers.through.objects.filter(organisation__in=mine).values("activity")
            return self.filter(Q(is_shared=True) | Q(lead__in=mine) | Q(pk__in=through))
        funded = FundingLine.objects.filter(giver__in=user.donor_organisation_ids).values("project")
        linked = Activity.projects.through.objects.filter(project__in=funded).values("activity")
        return self.filter(is_shared=True, pk__in=linked)

    def editable_by(self, user):
        """The secretariat edits all, a member's writers what their organisation leads."""
        if user.has_right("activity.edit_all"):
            return self
        return self.filter(lead__in=user.writing_organisation_ids)

    def held(self):
        return self.filter(state=Activity.State.HELD)

    def in_period(self, starts_on, ends_on):
        """Activities that begin within the period, both days included."""
        return self.filter(starts_on__gte=starts_on, starts_on__lte=ends_on)

    def for_list(self):
        return self.select_related("lead", "province").order_by("-starts_on", "-pk")


class Activity(Record):
    """One thing that was done or is planned; trainings, campaign events and meetings are details of one."""

    SEARCHED = ("title", "summary", "place", "outcome")
    SORTED_BY = "title"

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        WORKSHOP = "workshop", _("Workshop")
        MEETING = "meeting", _("Meeting")
        DIALOGUE = "dialogue", _("Dialogue")
        CONSULTATION = "consultation", _("Consultation")
        CAMPAIGN = "campaign", _("Campaign event")
        LAUNCH = "launch", _("Publication launch")
        POLICY = "policy", _("Policy input")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.OTHER)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.HELD)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)
    starts_on = models.DateField(_("date"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    planned_on = models.DateField(_("first planned for"), null=True, blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_activities", verbose_name=_("lead organisation")
    )
    co_organisers = models.ManyToManyField(
        Organisation, blank=True, related_name="co_organised_activities", verbose_name=_("co-organisers")
    )
    # Participants are counted in the main province; the others only say where else it took place.
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("province")
    )
    other_provinces = models.ManyToManyField(
        Province, blank=True, related_name="also_activities", verbose_name=_("other provinces")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    pillar = models.ForeignKey(
        Pillar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("plan pillar"),
    )
    projects = models.ManyToManyField(
        Project, blank=True, related_name="activities", verbose_name=_("projects")
    )
    articles = models.ManyToManyField(
        Article, blank=True, related_name="activities", verbose_name=_("CRC articles")
    )
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, related_name="activities", verbose_name=_("recommendations")
    )
    summary = models.TextField(_("what happened"), blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    is_shared = models.BooleanField(_("shared with the coalition"), default=False)
    external_key = models.CharField(  # of an imported sheet
        _("key in the sheet"), max_length=80, null=True, blank=True, editable=False
    )

    objects = CurrentManager.from_queryset(ActivityQuerySet)()
    everything = models.Manager.from_queryset(ActivityQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["lead", "external_key"], name="activity_imported_once"),
            models.CheckConstraint(
                name="activity_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("An activity cannot end before it starts."),
            ),
        ]
        indexes = [
            # With the state, so that the list is counted from the index alone.
            models.Index(
                fields=["-starts_on", "-id", "state"], name="activity_newest", condition=Q(archived_at=None)
            ),
            models.Index(fields=["lead", "-starts_on", "-id"], name="activity_of_lead"),
            models.Index(fields=["province", "-starts_on", "-id"], name="activity_of_province"),
            models.Index(
                fields=["kind", "-starts_on", "-id", "state"],
                name="activity_of_kind",
                condition=Q(archived_at=None),
            ),
            models.Index(fields=["sort_key", "id"], name="activity_by_title"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("projects:activity_page", self.public_id)


class Evidence(models.Model):
    """A file or photo that shows an activity took place or what came of it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="evidence")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "file"], name="evidence_once")]
