"""Reporting rounds: which quarter members are asked about, until when, and with which questions."""

import re

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign, Edition
from coalition.addresses import address_of
from coalition.dates import Quarter
from coalition.records import CurrentManager, Record, RecordQuerySet


class ReportingRoundQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Rounds are the coalition's; the forms in them are their organisations' own."""
        return self if user.has_right("form.see") else self.none()

    def editable_by(self, user):
        return self if user.has_right("round.open") else self.none()

    def prepared(self):
        """Rounds of which no form was issued yet: they wait for the day on which they open."""
        return self.filter(forms=None)

    def before(self, opened):
        """Rounds of the same campaign about earlier quarters."""
        earlier = Q(year__lt=opened.year) | Q(year=opened.year, quarter__lt=opened.quarter)
        return self.filter(earlier, campaign=opened.campaign_id)

    def with_counts(self, in_hand=("submitted", "accepted")):
        """Add how many forms were asked for, received, received with activities, and wait for review.

        `in_hand` are the states that count as received.
        """
        in_hand = Q(forms__state__in=in_hand)
        return self.annotate(
            asked=models.Count("forms"),
            received=models.Count("forms", filter=in_hand),
            organisations=models.Count("forms", filter=in_hand & Q(forms__has_nothing=False)),
            waiting=models.Count("forms", filter=Q(forms__state="submitted")),
        )

    def for_list(self):
        return self.select_related("campaign", "edition").order_by("-year", "-quarter", "pk")


class ReportingRound(Record):
    """One quarter of a campaign about which every member is asked for a form."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rounds", verbose_name=_("campaign"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rounds", verbose_name=_("edition"))
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    opens_on = models.DateField(_("opens on"), default=timezone.localdate)
    due_on = models.DateField(_("due"))
    grace_until = models.DateField(_("still counted as in time until"), null=True, blank=True)
    instructions_vi = models.TextField(_("instructions in Vietnamese"), blank=True)
    instructions_en = models.TextField(_("instructions in English"), blank=True)
    template_version = models.PositiveSmallIntegerField(default=1, editable=False)  # of the workbook's layout

    objects = CurrentManager.from_queryset(ReportingRoundQuerySet)()
    everything = models.Manager.from_queryset(ReportingRoundQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "year", "quarter"],
                name="round_once",
                violation_error_message=_("This quarter is already open in this campaign."),
            ),
            models.CheckConstraint(name="round_quarter_1_to_4", condition=Q(quarter__gte=1, quarter__lte=4)),
            models.CheckConstraint(
                name="round_due_after_opening",
                condition=Q(due_on__gte=F("opens_on")),
                violation_error_message=_("The forms cannot be due before the round opens."),
            ),
            models.CheckConstraint(
                name="round_grace_after_due",
                condition=Q(grace_until=None) | Q(grace_until__gte=F("due_on")),
                violation_error_message=_("The days of grace cannot end before the due date."),
            ),
        ]

    def __str__(self):
        return self.period.label(get_language() or "vi")

    def get_absolute_url(self):
        return address_of("campaigns:round_page", self.public_id)

    @property
    def period(self):
        return Quarter(self.year, self.quarter)

    @property
    def last_day(self):
        """The last day on which a form counts as filed in time."""
        return self.grace_until or self.due_on

    @property
    def instructions(self):
        return self.instructions_in(get_language())

    def instructions_in(self, language):
        return (self.instructions_en or self.instructions_vi) if language == "en" else self.instructions_vi


class Question(models.Model):
    """What a round asks beside the list of activities; a code keeps its meaning from round to round."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("Whole number")
        LINKS = "links", _("Addresses of web pages, one a line")

    COUNTED = (Kind.NUMBER, Kind.YES_NO)  # what is added up over the organisations

    round = models.ForeignKey(ReportingRound, models.CASCADE, related_name="questions")
    code = models.SlugField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TEXT)
    label_vi = models.CharField(_("question in Vietnamese"), max_length=300)
    label_en = models.CharField(_("question in English"), max_length=300, blank=True)
    hint_vi = models.CharField(_("hint in Vietnamese"), max_length=400, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=400, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="question_code_once")]

    def __str__(self):
        return self.label

    @property
    def label(self):
        return self.label_in(get_language())

    def label_in(self, language):
        return (self.label_en or self.label_vi) if language == "en" else self.label_vi

    @property
    def hint(self):
        return (self.hint_en or self.hint_vi) if get_language() == "en" else self.hint_vi

    @staticmethod
    def number_in(text):
        """Return the whole number that a text is ("1.200", "1 200"), or None."""
        is_number = len(text) <= 30 and re.fullmatch(r"\d{1,3}(?:[ .,]?\d{3})*", text, re.ASCII)
        return int(re.sub(r"\D", "", text)) if is_number else None

    def words_of(self, text):
        """Return an answer to it as people read it."""
        if self.kind == self.Kind.YES_NO:
            return {"yes": _("yes"), "no": _("no")}.get(text, "")
        return text
