"""Meetings: an activity with a detail row, and who was there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.members.models import Organisation
from coalition.records import RecordQuerySet
from meetings.models.group import WorkingGroup
from projects.models import Activity


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the activity sees its minutes; donors' readers see none."""
        if user.is_secretariat:
            return self.filter(activity__archived_at=None)
        if not user.organisation_ids:
            return self.none()
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def editable_by(self, user):
        """The secretariat takes the minutes."""
        return self.filter(activity__archived_at=None) if user.has_right("meeting.edit") else self.none()

    def search(self, query):
        return self.filter(activity__in=RecordQuerySet(Activity).search(query))

    def for_list(self):
        return self.select_related("activity", "activity__lead", "group")


class Meeting(models.Model):
    """A meeting of a working group; title, day, hours, host and place stand in its activity."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CIRCULATED = "circulated", _("Minutes circulated")
        APPROVED = "approved", _("Minutes approved")

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="meeting")
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("working group"),
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    link = models.URLField(_("link to join"), blank=True)
    previous = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="following",
        verbose_name=_("previous meeting"),
    )
    next_words = models.CharField(_("next meeting, as minuted"), max_length=300, blank=True)
    circulated_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    import_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Meeting")
        indexes = [models.Index(fields=["state"], name="meeting_state")]

    def __str__(self):
        return self.activity.title

    def get_absolute_url(self):
        return address_of("meetings:meeting_page", self.activity.public_id)

    @property
    def public_id(self):
        return self.activity.public_id

    @property
    def is_frozen(self):
        return self.state == self.State.APPROVED

    def invited(self):
        """Organisations that are expected: members of the group, or of the coalition, on its day."""
        if self.group:
            return self.group.members_on(self.activity.starts_on)
        return Organisation.objects.members_on(self.activity.starts_on).in_order()


class Attendance(models.Model):
    """Whether an organisation came to a meeting, and who stood for it, in words."""

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        APOLOGIES = "apologies", _("Apologies")
        ABSENT = "absent", _("Absent")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="meeting_attendances")
    status = models.CharField(_("attendance"), max_length=10, choices=Status.choices)
    represented_by = models.CharField(_("represented by"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="attendance_of_meeting_once")
        ]
