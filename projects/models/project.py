"""Projects, who pays for them through whom, and who takes part."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.members.models import Organisation
from coalition.records import CurrentManager, Record, RecordQuerySet
from coalition.reference.models import Article, Province, Recommendation


class ProjectQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Members see all but other organisations' drafts; a donor's reader sees what the donor funds."""
        if user.is_secretariat:
            return self
        if user.organisation_ids:
            return self.filter(~Q(state=Project.State.DRAFT) | Q(lead__in=user.organisation_ids))
        funded = FundingLine.objects.filter(Q(giver__in=user.donor_organisation_ids)).values("project")
        return self.filter(pk__in=funded).exclude(state=Project.State.DRAFT)

    def money_told_to(self, user):
        """Projects whose amounts this person knows: the secretariat, whom the money goes through, who carries the
        project out, and its donors. Who funds it is no secret; how much is not everybody's business.
        """
        if user.is_secretariat:
            return self
        mine = user.organisation_ids
        gives = Q(funding__giver__in=[*mine, *user.donor_organisation_ids])
        takes_part = Q(funding__receiver__in=mine) | Q(lead__in=mine) | Q(partners__organisation__in=mine)
        return self.filter(gives | takes_part)

    def editable_by(self, user):
        return self if user.has_right("project.edit") else self.none()

    def open_to_the_public(self):
        return self.filter(is_public=True).exclude(state=Project.State.DRAFT)

    def for_list(self):
        return self.select_related("lead").order_by("-starts_on", "pk")


class Project(Record):
    """A funded piece of work, one phase of it, that one organisation leads and others may join."""

    SEARCHED = ("code", "title_vi", "title_en", "objective_vi", "objective_en")
    SORTED_BY = "title_vi"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Under way")
        CLOSED = "closed", _("Closed")

    code = models.CharField(_("code"), max_length=30, unique=True)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    phase = models.PositiveSmallIntegerField(_("phase"), default=1)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("earlier phase"),
    )
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_projects", verbose_name=_("lead organisation")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    objective_vi = models.TextField(_("objective in Vietnamese"), blank=True)
    objective_en = models.TextField(_("objective in English"), blank=True)
    approval_body = models.CharField(_("approving body"), max_length=200, blank=True)
    approval_number = models.CharField(_("decision number"), max_length=60, blank=True)
    approved_on = models.DateField(_("decision date"), null=True, blank=True)
    locked_until = models.DateField(_("numbers locked up to"), null=True, blank=True)
    is_public = models.BooleanField(_("shown to everyone"), default=False)
    provinces = models.ManyToManyField(
        Province, blank=True, related_name="projects", verbose_name=_("provinces")
    )
    articles = models.ManyToManyField(
        Article, blank=True, related_name="projects", verbose_name=_("CRC articles")
    )
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, related_name="projects", verbose_name=_("recommendations")
    )

    objects = CurrentManager.from_queryset(ProjectQuerySet)()
    everything = models.Manager.from_queryset(ProjectQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="project_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A project cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("projects:project_page", self.public_id)

    @property
    def title(self):
        from django.utils.translation import get_language

        return self.title_in(get_language())

    def title_in(self, language):
        return (self.title_en or self.title_vi) if language == "en" else self.title_vi


class FundingLine(models.Model):
    """One hand-over of money in a project's chain: donor → intermediary → lead → implementing member."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="funding")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="gives", verbose_name=_("from"))
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="receives", verbose_name=_("to"))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="VND")
    grant_number = models.CharField(_("grant number"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "giver", "receiver"], name="funding_line_once"),
            models.CheckConstraint(name="funding_not_negative", condition=Q(amount=None) | Q(amount__gte=0)),
        ]


class BudgetLine(models.Model):
    """What a part of one hand-over is meant for: planned, and spent so far, in that line's currency.

    Blank is not zero: what nobody has written down yet is not known.
    """

    funding = models.ForeignKey(FundingLine, models.CASCADE, related_name="budget")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    planned = models.DecimalField(_("planned"), max_digits=16, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("spent"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["funding", "name_vi"],
                name="budget_line_once",
                violation_error_message=_("This budget line stands here already."),
            ),
            models.CheckConstraint(
                name="budget_not_negative",
                condition=(Q(planned=None) | Q(planned__gte=0)) & (Q(spent=None) | Q(spent__gte=0)),
                violation_error_message=_("Money is not negative; leave blank what is not known."),
            ),
        ]

    def __str__(self):
        return self.name_vi


class ProjectPartner(models.Model):
    """An organisation that takes part in a project, and as what."""

    class Role(models.TextChoices):
        IMPLEMENTER = "implementer", _("Implementing member")
        STATE = "state", _("State agency")
        CSO = "cso", _("Civil-society partner")
        BUSINESS = "business", _("Business")
        MEDIA = "media", _("Media")

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation", "role"], name="project_partner_once")
        ]
