"""The right column of minutes: what is to be done, in words, and the duties it put on the ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.obligations.models import Obligation
from coalition.records import CurrentManager, Record, RecordQuerySet
from meetings.models.meeting import Meeting
from meetings.models.minutes import AgendaItem


class ActionPointQuerySet(RecordQuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user):
        """Approved minutes are closed to everybody; their duties go on in the ledger."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user)).exclude(
            meeting__state=Meeting.State.APPROVED
        )

    def unassigned(self):
        return self.filter(follow_ups=None)


class ActionPoint(Record):
    """A sentence of the right column, as minuted; each organisation it names owes a duty of its own."""

    SEARCHED = ("text", "person_words")
    SORTED_BY = "text"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="points", verbose_name=_("matter")
    )
    order = models.PositiveIntegerField(default=0)
    text = models.CharField(_("what is to be done"), max_length=1000)
    person_words = models.CharField(
        _("person, as written"), max_length=200, blank=True, help_text=_("Kept as words; no account is made.")
    )
    due_words = models.CharField(_("deadline as written"), max_length=300, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    not_before = models.DateField(_("not before"), null=True, blank=True)
    priority = models.CharField(
        _("priority"), max_length=10, choices=Obligation.Priority.choices, default=Obligation.Priority.NORMAL
    )
    is_for_every_member = models.BooleanField(_("every member organisation"), default=False)
    import_key = models.CharField(max_length=64, null=True, blank=True, editable=False)

    objects = CurrentManager.from_queryset(ActionPointQuerySet)()
    everything = models.Manager.from_queryset(ActionPointQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "import_key"], name="action_point_imported_once"),
        ]
        indexes = [models.Index(fields=["meeting", "order", "id"], name="points_of_meeting")]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#point-{self.public_id}"


class FollowUpActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Minutes are read by all who see the meeting, and so are the actions in them."""
        return self.filter(
            Q(point__meeting__in=Meeting.objects.visible_to(user)), obligation__archived_at=None
        )

    def open(self):
        return self.filter(obligation__state=Obligation.State.OPEN)

    def search(self, query):
        return self.filter(obligation__in=RecordQuerySet(Obligation).search(query))

    def for_list(self):
        return self.select_related(
            "obligation",
            "obligation__organisation",
            "point",
            "point__meeting",
            "point__meeting__activity",
            "point__item",
            "point__item__pillar",
        )


class FollowUpAction(models.Model):
    """What one organisation owes of an action point: an obligation, with the minutes it comes from."""

    obligation = models.OneToOneField(Obligation, models.CASCADE, primary_key=True, related_name="follow_up")
    point = models.ForeignKey(ActionPoint, models.CASCADE, related_name="follow_ups")
    person_words = models.CharField(_("person, as written"), max_length=200, blank=True)

    objects = FollowUpActionQuerySet.as_manager()

    def __str__(self):
        return str(self.obligation)

    def get_absolute_url(self):
        return self.obligation.get_absolute_url()
