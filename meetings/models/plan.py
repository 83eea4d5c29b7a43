"""The annual plan: what the coalition means to do in a year, under its pillars, and what carries it out."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.dates import Quarter
from coalition.members.models import Organisation
from coalition.records import CurrentManager, Record, RecordQuerySet
from coalition.reference.models import Pillar
from meetings.models.action import ActionPoint
from meetings.models.call import Call
from projects.models import Activity


class PlanItemQuerySet(RecordQuerySet):
    def visible_to(self, user):
        return self if user.is_secretariat or user.organisation_ids else self.none()

    def editable_by(self, user):
        return self if user.has_right("meeting.edit") else self.none()

    def of_year(self, year):
        """Items of a year in the order of the plan: by pillar, then by time."""
        return (
            self.filter(year=year)
            .select_related("pillar", "lead")
            .order_by("-pillar__is_general", "pillar__number", "pillar", "quarter", "month", "pk")
        )


class PlanItem(Record):
    """One thing the coalition plans for a year: what, who leads it with whom, in which month or quarter."""

    SEARCHED = ("title", "note")
    SORTED_BY = "title"

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        MOVED = "moved", _("Moved")

    year = models.PositiveSmallIntegerField(_("year"))
    pillar = models.ForeignKey(
        Pillar, models.PROTECT, related_name="plan_items", verbose_name=_("plan pillar")
    )
    title = models.CharField(_("what is planned"), max_length=300)
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_plan_items",
        verbose_name=_("lead"),
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="joined_plan_items", verbose_name=_("partners")
    )
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), choices=[(1, "I"), (2, "II"), (3, "III"), (4, "IV")], default=1
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, choices=[(number, str(number)) for number in range(1, 13)]
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    note = models.CharField(_("note"), max_length=300, blank=True)
    activities = models.ManyToManyField(
        Activity, blank=True, related_name="plan_items", verbose_name=_("activities that carry it out")
    )
    points = models.ManyToManyField(
        ActionPoint, blank=True, related_name="plan_items", verbose_name=_("follow-up actions")
    )
    calls = models.ManyToManyField(
        Call, blank=True, related_name="plan_items", verbose_name=_("calls to members")
    )

    objects = CurrentManager.from_queryset(PlanItemQuerySet)()
    everything = models.Manager.from_queryset(PlanItemQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="plan_month_lies_in_its_quarter",
                condition=Q(month=None)
                | Q(quarter=1, month__lte=3)
                | Q(quarter=2, month__gte=4, month__lte=6)
                | Q(quarter=3, month__gte=7, month__lte=9)
                | Q(quarter=4, month__gte=10),
                violation_error_message=_("The month does not lie in the quarter."),
            ),
        ]
        indexes = [models.Index(fields=["year", "pillar", "quarter"], name="plan_of_year")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('meetings:plan_page', args=[self.year])}#plan-{self.public_id}"

    @property
    def quarter_of_year(self):
        return Quarter(self.year, self.quarter)
