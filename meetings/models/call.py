"""Calls to members: what every organisation is asked to send in, its answers, and the vote on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.files.models import StoredFile
from coalition.members.models import Organisation
from coalition.obligations.models import Obligation
from coalition.records import CurrentManager, Record, RecordQuerySet
from meetings.models.group import WorkingGroup
from meetings.models.minutes import AgendaItem


class CallQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Members see what has been opened; the secretariat also what it is still writing."""
        if user.is_secretariat:
            return self
        return self.exclude(state=Call.State.DRAFT) if user.organisation_ids else self.none()

    def editable_by(self, user):
        return self if user.has_right("meeting.edit") else self.none()

    def for_list(self):
        return self.select_related("group").order_by("-closes_on", "-pk")


class Call(Record):
    """A request to members: each sends so many topics, ideas or documents by a day; each owes it on the ledger."""

    SEARCHED = ("title", "words")
    SORTED_BY = "title"

    class Purpose(models.TextChoices):
        TOPICS = "topics", _("Topics to share in meetings")
        IDEAS = "ideas", _("Ideas that members vote on")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OPEN = "open", _("Open for answers")
        VOTING = "voting", _("Vote under way")
        CLOSED = "closed", _("Closed")

    title = models.CharField(_("what is asked for"), max_length=200)
    words = models.TextField(_("in more words"), blank=True)
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("working group"),
    )
    purpose = models.CharField(
        _("what becomes of it"), max_length=10, choices=Purpose.choices, default=Purpose.OTHER
    )
    items_wanted = models.PositiveSmallIntegerField(_("at least how many from each"), default=1)
    asks_month = models.BooleanField(_("ask for a month"), default=False)
    asks_file = models.BooleanField(_("ask for a file"), default=False)
    options = models.TextField(_("choices to pick from, one a line"), blank=True)
    asked = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="+",
        verbose_name=_("organisations asked"),
        help_text=_("None chosen: every member of the group, or of the coalition."),
    )
    closes_on = models.DateField(_("answers until"))
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DRAFT, editable=False
    )
    result = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="calls", editable=False
    )

    objects = CurrentManager.from_queryset(CallQuerySet)()
    everything = models.Manager.from_queryset(CallQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="call_wants_one_to_twenty",
                condition=Q(items_wanted__gte=1, items_wanted__lte=20),
                violation_error_message=_("Ask for one to twenty from each organisation."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("meetings:call_page", self.public_id)

    @property
    def choices(self):
        return [line.strip() for line in self.options.split("\n") if line.strip()]


class CallDuty(models.Model):
    """What one organisation owes of a call: an obligation, met by its answers."""

    obligation = models.OneToOneField(Obligation, models.CASCADE, primary_key=True, related_name="call_duty")
    call = models.ForeignKey(Call, models.CASCADE, related_name="duties")
    seen_at = models.DateTimeField(null=True, blank=True)  # when somebody of the organisation first opened it

    def __str__(self):
        return str(self.obligation)


class AnswerQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """One's own organisation's; once the call is closed, everybody's; ideas under vote without their authors."""
        if user.is_secretariat:
            return self
        if not user.organisation_ids:
            return self.none()
        shown = Q(call__state__in=(Call.State.VOTING, Call.State.CLOSED), state=Answer.State.SUBMITTED)
        return self.filter(Q(organisation__in=user.organisation_ids) | shown)

    def editable_by(self, user):
        """What the organisation wrote, until it is sent in."""
        if user.has_right("meeting.edit"):
            return self.filter(state=Answer.State.DRAFT)
        return self.filter(organisation__in=user.writing_organisation_ids, state=Answer.State.DRAFT)

    def submitted(self):
        return self.filter(state=Answer.State.SUBMITTED)


class Answer(Record):
    """One item an organisation sends in on a call."""

    SEARCHED = ("text",)
    SORTED_BY = "text"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent in")

    call = models.ForeignKey(Call, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="call_answers", verbose_name=_("organisation")
    )
    text = models.CharField(_("your answer"), max_length=1000)
    month = models.DateField(_("in which month"), null=True, blank=True)
    choice = models.CharField(_("choice"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    late_reason = models.CharField(_("why it comes late"), max_length=300, blank=True)
    session = models.OneToOneField(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="shares", editable=False
    )

    objects = CurrentManager.from_queryset(AnswerQuerySet)()
    everything = models.Manager.from_queryset(AnswerQuerySet)()

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["call", "organisation", "state"], name="answers_of_call")]

    def __str__(self):
        return self.text


class Vote(models.Model):
    """The one vote of an organisation for an idea."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="votes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="votes")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="votes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "organisation"], name="one_vote_each")]
