"""Those who learn: adults by name, their attendance, tests and certificates. Children are counts."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition import text
from coalition.members.models import Organisation, User
from projects.models import Participation
from trainings.models.training import Session, Training


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat, who leads the training, and the person's own organisation see names."""
        if user.is_secretariat:
            return self
        mine = user.organisation_ids
        return self.filter(
            Q(organisation__in=mine) | Q(training__activity__lead__in=user.writing_organisation_ids)
        )

    def in_order(self):
        return self.order_by("organisation__sort_key", "sort_key", "pk")


class Participant(models.Model):
    """An adult on the list of a training. A child is never written down here."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="participants")
    full_name = models.CharField(_("full name"), max_length=150)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_participants",
        verbose_name=_("organisation"),
    )
    group = models.CharField(
        _("group"), max_length=10, choices=Participation.Group.choices, default=Participation.Group.CSO
    )
    sex = models.CharField(
        _("sex"), max_length=8, choices=Participation.Sex.choices, default=Participation.Sex.UNKNOWN
    )
    sort_key = models.CharField(max_length=400, default="", editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training", "full_name", "organisation"],
                name="participant_once",
                violation_error_message=_("This person is already on the list."),
            ),
            models.UniqueConstraint(
                fields=["training", "full_name"],
                condition=Q(organisation=None),
                name="participant_without_organisation_once",
                violation_error_message=_("This person is already on the list."),
            ),
            models.CheckConstraint(
                name="participant_is_adult",
                condition=~Q(group="children"),
                violation_error_message=_("Children are counted, never written down by name."),
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.fill_columns()
        super().save(*args, **kwargs)

    def fill_columns(self):
        """Clean the name and fill its order; bulk writers call it for each row."""
        self.full_name = " ".join(text.clean(self.full_name).split())
        self.sort_key = text.person_sort_key(self.full_name)[:400]


class Attendance(models.Model):
    """One person in one session; no row means not there."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attendance")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "participant"], name="attendance_once")]


class Test(models.Model):
    """What a participant knew before and after, of a hundred."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="test")
    before = models.DecimalField(_("before"), max_digits=5, decimal_places=1, null=True, blank=True)
    after = models.DecimalField(_("after"), max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="test_before_of_a_hundred",
                condition=Q(before=None) | Q(before__gte=0, before__lte=100),
                violation_error_message=_("A score lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="test_after_of_a_hundred",
                condition=Q(after=None) | Q(after__gte=0, after__lte=100),
                violation_error_message=_("A score lies between 0 and 100."),
            ),
        ]


class Certificate(models.Model):
    """Given to who came to all sessions; its number names it for good."""

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=30, unique=True)
    issued_on = models.DateField(_("issued on"), default=timezone.localdate)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self):
        return self.number
