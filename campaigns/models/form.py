"""The quarterly form of one organisation: its lines are activities of the log, its answers texts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from campaigns.models.round import Question, ReportingRound
from coalition.addresses import address_of
from coalition.files.models import StoredFile
from coalition.members.models import Organisation
from coalition.obligations.models import Obligation
from coalition.records import CurrentManager, Record, RecordQuerySet, new_public_id
from projects.models import Activity


class QuarterlyFormQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The secretariat sees all forms, everybody else those of their own organisations."""
        return self if user.is_secretariat else self.of(user.organisation_ids)

    def of(self, organisation_ids):
        """Forms of these organisations, and of those that have become a part of one of them."""
        return self.filter(_of(organisation_ids))

    def editable_by(self, user):
        """Open forms of the organisations one writes for. The secretariat writes on behalf only."""
        return self.open().filter(_for(user, user.writing_organisation_ids))

    def submittable_by(self, user):
        """Open forms of the organisations one answers for."""
        return self.open().filter(_for(user, user.filing_organisation_ids))

    def with_rights(self, user):
        """Say of each form whether this person may edit and submit it: the rules of the two methods above."""
        is_open = Q(state__in=QuarterlyForm.OPEN)
        yes_no = models.BooleanField()
        return self.annotate(
            may_edit=models.ExpressionWrapper(is_open & _for(user, user.writing_organisation_ids), yes_no),
            may_submit=models.ExpressionWrapper(is_open & _for(user, user.filing_organisation_ids), yes_no),
        )

    def reviewable_by(self, user):
        return self if user.has_right("form.review") else self.none()

    def open(self):
        """Forms that can still be written in."""
        return self.filter(state__in=QuarterlyForm.OPEN)

    def in_hand(self, user=None):
        """Forms that were handed in; outside the secretariat only the accepted ones are read."""
        return self.filter(state__in=QuarterlyForm.states_in_hand(user))

    def with_standing(self, today):
        """Add `standing`: the state, told apart where the form came late, is overdue or was let off."""
        standing, is_open = QuarterlyForm.Standing, Q(state__in=QuarterlyForm.OPEN)
        last_day = Coalesce("round__grace_until", "round__due_on")
        is_late = Q(state=QuarterlyForm.State.SUBMITTED, first_submitted_at__date__gt=last_day)
        return self.annotate(
            standing=models.Case(
                models.When(
                    is_open & Q(obligation__state=Obligation.State.EXCUSED),
                    then=models.Value(standing.EXCUSED),
                ),
                models.When(is_open & Q(obligation__due_on__lt=today), then=models.Value(standing.OVERDUE)),
                models.When(is_late, then=models.Value(standing.LATE)),
                default=F("state"),
                output_field=models.CharField(),
            )
        )

    def with_line_count(self):
        """Add how many activities of the quarter are in the form; counted for the rows that are read only."""
        done = FormLine.objects.filter(
            form=models.OuterRef("pk"), part=FormLine.Part.DONE, activity__archived_at=None
        )
        counted = done.order_by().values("form").annotate(number=models.Count("pk")).values("number")
        return self.annotate(number_of_lines=Coalesce(models.Subquery(counted), 0))

    def for_list(self):
        return self.select_related("round__campaign", "organisation", "obligation").order_by(
            "-round__year", "-round__quarter", "organisation__sort_key", "pk"
        )


def _of(organisation_ids):
    return Q(organisation__in=organisation_ids) | Q(organisation__merged_into__in=organisation_ids)


def _for(user, organisation_ids):
    """Forms of these organisations; whoever reviews forms also types in those that came on paper."""
    mine = _of(organisation_ids or [0])
    return mine | Q(on_behalf_by__isnull=False) if user.has_right("form.review") else mine


class QuarterlyForm(Record):
    """What one member reports for one quarter: a duty with a detail row."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for changes")
        ACCEPTED = "accepted", _("Accepted")

    class Standing(models.TextChoices):
        """A state as a board tells it, in the order in which boards list them."""

        ACCEPTED = "accepted", _("Accepted")
        SUBMITTED = "submitted", _("Submitted")
        LATE = "late", _("Submitted late")
        RETURNED = "returned", _("Returned for changes")
        OVERDUE = "overdue", _("Overdue")
        DRAFT = "draft", _("Draft")
        NOT_STARTED = "not_started", _("Not started")
        EXCUSED = "excused", _("Excused")

    OPEN = (State.NOT_STARTED, State.DRAFT, State.RETURNED)
    IN_HAND = (State.SUBMITTED, State.ACCEPTED)

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="forms")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="quarterly_forms")
    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="quarterly_form")
    review = models.OneToOneField(
        Obligation, models.PROTECT, null=True, blank=True, related_name="form_under_review"
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NOT_STARTED)
    has_nothing = models.BooleanField(
        _("we had no activity for this campaign in this quarter"), default=False
    )
    revision = models.PositiveSmallIntegerField(default=0, editable=False)  # how often it was submitted
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    first_submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    on_behalf_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(
        null=True, blank=True, editable=False
    )  # by the organisation, if on behalf
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = CurrentManager.from_queryset(QuarterlyFormQuerySet)()
    everything = models.Manager.from_queryset(QuarterlyFormQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["round", "organisation"], name="form_once"),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="form_of_organisation")]

    def __str__(self):
        return f"{self.round} · {self.organisation}"

    def get_absolute_url(self):
        return address_of("campaigns:form_page", self.public_id)

    @classmethod
    def states_in_hand(cls, user=None):
        """Return the states of the forms that `user` (or the clock) reads as handed in."""
        return cls.IN_HAND if user is None or user.is_secretariat else (cls.State.ACCEPTED,)

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def answering_id(self):
        """The organisation that answers for the form: its own, or the one that this has become a part of."""
        return self.organisation.merged_into_id or self.organisation_id

    @property
    def was_late(self):
        """Whether the first submission came after the last day that counts as in time."""
        if self.first_submitted_at is None:
            return False
        return timezone.localtime(self.first_submitted_at).date() > self.round.last_day

    @property
    def waits_for_confirmation(self):
        return self.on_behalf_by_id is not None and self.revision > 0 and self.confirmed_at is None


class FormLine(models.Model):
    """An activity of the log in a form: done in the quarter, or planned for the next."""

    class Part(models.TextChoices):
        DONE = "done", _("Activities of this quarter")
        PLAN = "plan", _("Plan for the next quarter")

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="lines")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    part = models.CharField(max_length=5, choices=Part.choices, default=Part.DONE)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="form_lines")
    order = models.PositiveSmallIntegerField(default=0)
    logo_used = models.BooleanField(_("the common logo was used"), null=True, blank=True)
    links = models.TextField(_("links"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "activity"], name="form_line_once")]


class FormPhoto(models.Model):
    """A photo that an organisation adds to its form; it is kept with its consent like every other one."""

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="form_photos")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "file"], name="form_photo_once")]


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(form__in=QuarterlyForm.objects.visible_to(user))

    def given(self):
        """Answers that say something."""
        return self.exclude(text="")


class Answer(models.Model):
    """What an organisation answers to one question; each change remembers the form version it came with."""

    form = models.ForeignKey(QuarterlyForm, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    form_version = models.PositiveIntegerField(default=1)
    client_uuid = models.UUIDField(null=True, blank=True)  # of the open page that wrote it last

    history = HistoricalRecords()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "question"], name="answer_once")]

    @property
    def shown(self):
        return self.question.words_of(self.text)

    def get_absolute_url(self):
        return f"{self.form.get_absolute_url()}#answer-{self.question.code}"
