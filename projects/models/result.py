"""What a project set out to change, the indicators that show it, and their values."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition.reference.models import Indicator
from projects.models.activity import Activity
from projects.models.project import Project


class Result(models.Model):
    """A line of a project's results framework: objective, outcome or output, and what proves it."""

    class Level(models.TextChoices):
        OBJECTIVE = "objective", _("Objective")
        OUTCOME = "outcome", _("Outcome")
        OUTPUT = "output", _("Output")

    project = models.ForeignKey(Project, models.CASCADE, related_name="results")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("serves")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.OUTPUT)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    statement_vi = models.TextField(_("statement in Vietnamese"))
    statement_en = models.TextField(_("statement in English"), blank=True)
    achieved_vi = models.TextField(_("achieved so far, in Vietnamese"), blank=True)
    achieved_en = models.TextField(_("achieved so far, in English"), blank=True)
    activities = models.ManyToManyField(
        Activity, blank=True, related_name="results", verbose_name=_("activities that show it")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "level", "order"],
                name="result_once",
                violation_error_message=_("This level has a line with this number already."),
            )
        ]

    def __str__(self):
        return self.statement

    @property
    def statement(self):
        return chosen(self.statement_vi, self.statement_en)


def chosen(vietnamese, english):
    """Return the text in the reader's language; the Vietnamese one where there is no other."""
    return (english or vietnamese) if get_language() == "en" else vietnamese


class ProjectIndicator(models.Model):
    """A measure of a result: baseline, target, unit; whether its values add up over time."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="indicators")
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    unit_vi = models.CharField(_("unit in Vietnamese"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    is_cumulative = models.BooleanField(_("values add up over time"), default=True)
    disaggregation = models.CharField(_("told apart by"), max_length=120, blank=True)
    standard = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="used_as",
        verbose_name=_("indicator of a published set"),
    )

    @property
    def name(self):
        return chosen(self.name_vi, self.name_en)

    @property
    def unit(self):
        return chosen(self.unit_vi, self.unit_en)


class IndicatorValue(models.Model):
    """What was measured for one period; a blank is not a zero.

    A row with a `part` ("girls", "Hà Nội") tells a part of the period's value; it is never added to it.
    """

    indicator = models.ForeignKey(ProjectIndicator, models.CASCADE, related_name="values")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    part = models.CharField(_("of whom, of which"), max_length=80, blank=True, default="")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on", "ends_on", "part"],
                name="value_once",
                violation_error_message=_("This period has a value already."),
            ),
            models.CheckConstraint(
                name="value_period_ends_after_it_starts",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("A period cannot end before it starts."),
            ),
        ]


class LinesVersion(models.Model):
    """The lines of a project as one version of its history had them (projects/earlier_lines.py)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="lines_versions")
    version = models.PositiveIntegerField()
    lines = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="lines_of_a_version_once")]
