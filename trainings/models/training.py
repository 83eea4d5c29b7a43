"""Trainings: activities with a course, sessions and a list of those who came."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from projects.models import Activity
from trainings.models.course import Course


class Training(models.Model):
    """An activity in which people learn. Its date, place and organisers are those of the activity.

    Who sees and edits the activity sees and edits this. An activity that was logged as a training in a
    hurry has no row here until somebody writes more about it.
    """

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="training")
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="trainings", verbose_name=_("course")
    )
    trainers = models.CharField(_("who teaches"), max_length=300, blank=True)
    objectives = models.TextField(_("what people shall be able to do afterwards"), blank=True)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)

    class Meta:
        verbose_name = _("Training")

    def __str__(self):
        return str(self.activity)

    def get_absolute_url(self):
        return address_of("trainings:training_page", self.activity.public_id)


class Session(models.Model):
    """A part of a training, with a day and a subject; attendance is taken by session."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="sessions")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training", "day", "subject"],
                name="session_once",
                violation_error_message=_("This session is already on the list."),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A session cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.day:%d/%m} {self.subject}"
