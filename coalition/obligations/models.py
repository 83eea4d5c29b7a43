"""The obligation ledger: what is owed, by which organisation, by when, and how people are reminded of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.files.models import StoredFile
from coalition.members import roles
from coalition.members.models import Organisation
from coalition.notifications.models import Message
from coalition.records import CurrentManager, Record, RecordQuerySet, new_public_id


class ObligationQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The secretariat sees every duty, others those of their own organisations or named persons."""
        if user.is_secretariat:
            return self
        return self.filter(Q(organisation__in=user.organisation_ids) | Q(person=user))

    def editable_by(self, user):
        if user.is_secretariat:
            return self
        return self.filter(Q(organisation__in=user.writing_organisation_ids) | Q(person=user))

    def open(self):
        return self.filter(state=Obligation.State.OPEN)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def for_list(self):
        return self.select_related("organisation", "person").by_date()

    def by_date(self):
        """What has a date first, in its order, on every database."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


class Obligation(Record):
    """One duty: owed by an organisation, answered for by a role there, by a date, after one, or open."""

    SEARCHED = ("title", "due_words")
    SORTED_BY = "title"

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        EXCUSED = "excused", _("Excused")
        CANCELLED = "cancelled", _("Cancelled")

    class Priority(models.TextChoices):
        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High")

    kind = models.CharField(_("kind"), max_length=40)  # registered with coalition.obligations.kinds
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="obligations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=roles.CHOICES, default=roles.FOCAL)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obligations",
        verbose_name=_("person"),
    )
    title = models.CharField(_("what"), max_length=500)
    due_on = models.DateField(_("due"), null=True, blank=True)
    not_before = models.DateField(_("not before"), null=True, blank=True)
    due_words = models.CharField(_("deadline as written"), max_length=300, blank=True)
    due_version = models.PositiveIntegerField(
        default=1, editable=False
    )  # moves with the date: reminders start anew
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority.choices, default=Priority.NORMAL
    )
    source_path = models.CharField(max_length=300, blank=True)  # the page where the duty is met
    source_label = models.CharField(max_length=300, blank=True)  # where it comes from, in words
    proof = models.TextField(_("what was done"), blank=True)
    proof_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    needs_confirmation = models.BooleanField(default=False, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    paused_until = models.DateField(_("reminders paused until"), null=True, blank=True)
    pause_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CurrentManager.from_queryset(ObligationQuerySet)()
    everything = models.Manager.from_queryset(ObligationQuerySet)()

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["due_on", "id"], name="obligation_open_due", condition=Q(state="open")),
            models.Index(fields=["organisation", "state", "due_on", "id"], name="obligation_of_organisation"),
            models.Index(fields=["kind", "state", "due_on", "id"], name="obligation_of_kind"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("obligations:obligation_page", self.public_id)

    def is_overdue(self, today):
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < today


class DueChange(models.Model):
    """A deadline that was moved, with its reason: the history of a promise."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="due_changes")
    old_due_on = models.DateField(null=True, blank=True)
    new_due_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class ReminderRule(models.Model):
    """One step of the ladder: so many days before or after the due date, somebody is told."""

    class Audience(models.TextChoices):
        ROLE = "role", _("the role that answers for it")
        HEAD = "head", _("the head of the organisation and the coordinator")

    kind = models.CharField(
        _("kind"), max_length=40, blank=True
    )  # blank: every kind without rules of its own
    offset = models.SmallIntegerField(_("days after the due date"))  # negative: before
    audience = models.CharField(
        _("who is told"), max_length=10, choices=Audience.choices, default=Audience.ROLE
    )
    is_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "offset", "audience"],
                name="reminder_rule_once",
                violation_error_message=_("There is already a reminder on this day for these people."),
            )
        ]

    def __str__(self):
        return f"{self.kind or '*'} {self.offset:+} {self.audience}"


class Reminder(models.Model):
    """That a person is to be told of a duty under a rule, once for each version of its due date."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SENT = "sent", _("Handed to delivery")
        SHOWN = "shown", _("On the portal only")
        CANCELLED = "cancelled", _("No longer needed")

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    rule = models.ForeignKey(ReminderRule, models.CASCADE, null=True, blank=True, related_name="reminders")
    due_version = models.PositiveIntegerField()
    planned_for = models.DateField()
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="reminders")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=300, blank=True)
    nudged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "recipient", "rule", "due_version"], name="reminder_once"
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "id"], name="reminder_planned", condition=Q(state="planned")),
        ]

    def __str__(self):
        return f"{self.obligation_id} → {self.recipient_id}"


class CalendarFeed(models.Model):
    """A secret address under which a calendar program reads duties and meetings; resettable."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
