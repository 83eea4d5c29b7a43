"""Organisations: members of the coalition, State agencies, donors, businesses, under all their names."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition import text
from coalition.addresses import address_of
from coalition.records import CurrentManager, Record, RecordQuerySet


class OrganisationQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Every organisation: the coalition's address book is open to all who are logged in."""
        return self if user.is_authenticated else self.none()

    def editable_by(self, user):
        """The secretariat edits all, a focal point its own."""
        if user.has_right("organisation.edit_all"):
            return self
        return self.filter(pk__in=user.filing_organisation_ids)

    def members_on(self, day):
        """Members of the coalition as of `day`: those who are asked for forms, answers and sign-ons."""
        return self.filter(
            Q(coalition_periods__ends_on=None) | Q(coalition_periods__ends_on__gte=day),
            coalition_periods__starts_on__lte=day,
            merged_into=None,
        ).distinct()


class Organisation(Record):
    """A body the coalition works with. Organisations owe duties, so these outlive people's jobs."""

    SEARCHED = ("name_vi", "name_en", "short_name", "code", "other_names")
    SORTED_BY = "name_vi"

    class Kind(models.TextChoices):
        VNGO = "VNGO", _("Vietnamese civil-society organisation")
        INGO = "INGO", _("International non-governmental organisation")
        STATE = "STATE", _("State agency")
        UN = "UN", _("United Nations agency")
        MASS = "MASS", _("Mass organisation")
        DONOR = "DONOR", _("Donor")
        BUSINESS = "BUSINESS", _("Business")
        MEDIA = "MEDIA", _("Media")
        NETWORK = "NETWORK", _("Network")
        SCHOOL = "SCHOOL", _("School or university")
        OTHER = "OTHER", _("Other")

    code = models.CharField(_("code"), max_length=30, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VNGO)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)
    is_secretariat = models.BooleanField(_("keeps the coalition's secretariat"), default=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    other_names = models.TextField(_("other names"), default="", editable=False)  # aliases, for search

    objects = CurrentManager.from_queryset(OrganisationQuerySet)()
    everything = models.Manager.from_queryset(OrganisationQuerySet)()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="organisation_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                violation_error_message=_("An organisation cannot be merged into itself."),
            ),
        ]

    def __str__(self):
        return self.short_name or self.name

    def get_absolute_url(self):
        return address_of("members:organisation_page", self.public_id)

    @property
    def name(self):
        return self.name_in(get_language())

    def name_in(self, language):
        return (self.name_en or self.name_vi) if language == "en" else self.name_vi


class OrganisationAlias(models.Model):
    """Another way people write an organisation's name: "Tầm nhìn", "CF", "Cục trẻ em"."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="aliases", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("other name"), _("other names")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = text.fold(text.clean(self.name))
        super().save(*args, **kwargs)


class CoalitionPeriodQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class CoalitionPeriod(models.Model):
    """A time during which an organisation was a member of the coalition."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="coalition_periods", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("member since"))
    ends_on = models.DateField(_("member until"), null=True, blank=True)

    objects = CoalitionPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "starts_on"], name="coalition_period_once"),
            models.CheckConstraint(
                name="coalition_period_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A membership cannot end before it starts."),
            ),
        ]
