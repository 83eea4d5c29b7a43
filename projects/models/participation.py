"""How many people took part, by sex and age band; never who a child was."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.members.models import Organisation
from projects.models.activity import Activity


class Participation(models.Model):
    """A number of people of one group, sex and age band who took part in an activity.

    No row is "not known"; a row with 0 is zero. Rows of a name list of adults (`is_named`) and
    head counts are added, never compared. All totals are sums over these rows.
    """

    class Group(models.TextChoices):
        CHILDREN = "children", _("Children")
        PARENTS = "parents", _("Parents and caregivers")
        CSO = "cso", _("Staff of civil-society organisations")
        OFFICIALS = "officials", _("Officials")
        TEACHERS = "teachers", _("Teachers")
        BUSINESS = "business", _("Business people")
        MEDIA = "media", _("Journalists")
        OTHER = "other", _("Others")

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        UNKNOWN = "unknown", _("Other or not known")

    class Age(models.TextChoices):
        A0_5 = "0-5", _("0–5")
        A6_10 = "6-10", _("6–10")
        A11_15 = "11-15", _("11–15")
        A16_17 = "16-17", _("16–17")
        ADULT = "18+", _("18 and over")
        UNKNOWN = "unknown", _("Age not known")

    UNDER_16 = (Age.A0_5, Age.A6_10, Age.A11_15)  # a child in Vietnamese law
    UNDER_18 = (*UNDER_16, Age.A16_17)  # a child in the Convention

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participation")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participation",
        verbose_name=_("organisation they came from"),
    )
    group = models.CharField(_("group"), max_length=10, choices=Group.choices)
    sex = models.CharField(_("sex"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    age = models.CharField(_("age"), max_length=8, choices=Age.choices, default=Age.UNKNOWN)
    count = models.PositiveIntegerField(_("number"))
    with_disability = models.PositiveIntegerField(_("of whom with disability"), null=True, blank=True)
    is_named = models.BooleanField(default=False, editable=False)  # one adult of a name list; count is 1

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="participation_disability_within_count",
                condition=Q(with_disability=None) | Q(with_disability__lte=models.F("count")),
                violation_error_message=_("Persons with disability cannot be more than all participants."),
            ),
            models.CheckConstraint(
                name="participation_names_only_adults", condition=Q(is_named=False) | Q(age="18+", count=1)
            ),
            models.UniqueConstraint(
                fields=["activity", "group", "sex", "age"],
                name="participation_once",
                condition=Q(is_named=False, organisation=None),
            ),
            models.UniqueConstraint(
                fields=["activity", "organisation", "group", "sex", "age"],
                name="participation_of_organisation_once",
                condition=Q(is_named=False, organisation__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "activity"], name="participation_organisation")]


class CountsVersion(models.Model):
    """The head counts of an activity as one version of its history had them (projects/earlier_counts.py)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="counts_versions")
    version = models.PositiveIntegerField()
    rows = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "version"], name="counts_of_a_version_once")
        ]
