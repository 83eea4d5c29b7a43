"""The two columns of minutes: agenda items on the left and what waits for one; drafts, comments, approved versions."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.members.models import Organisation
from coalition.records import CurrentManager, Record, RecordQuerySet
from coalition.reference.models import Pillar
from meetings import markup
from meetings.models.group import WorkingGroup
from meetings.models.meeting import Meeting


class AgendaItemQuerySet(RecordQuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user):
        """Approved minutes are closed to everybody."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user)).exclude(
            meeting__state=Meeting.State.APPROVED
        )

    def in_agenda(self):
        return self.select_related("pillar").order_by("order", "pk")


class AgendaItem(Record):
    """One matter of a meeting. An item may stand under another: a heading over the pillars of the plan."""

    SEARCHED = ("title", "content")
    SORTED_BY = "title"

    class State(models.TextChoices):
        OPEN = "open", _("To be discussed")
        DISCUSSED = "discussed", _("Discussed")
        CARRIED = "carried", _("Carried over")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField(default=0)
    number = models.CharField(_("number"), max_length=10, blank=True)
    title = models.CharField(_("matter"), max_length=300)
    pillar = models.ForeignKey(
        Pillar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("plan pillar"),
    )
    content = models.TextField(_("what was said"), blank=True)  # text with little markup: meetings.markup
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
    import_key = models.CharField(max_length=64, null=True, blank=True, editable=False)

    objects = CurrentManager.from_queryset(AgendaItemQuerySet)()
    everything = models.Manager.from_queryset(AgendaItemQuerySet)()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "import_key"], name="agenda_item_imported_once"),
        ]
        indexes = [models.Index(fields=["meeting", "order", "id"], name="agenda_of_meeting")]

    def __str__(self):
        return self.title

    @property
    def content_html(self):
        return markup.to_html(self.content)


class WaitingMatterQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Who sees the groups sees what waits for their meetings."""
        return self if user.is_secretariat or user.organisation_ids else self.none()

    def editable_by(self, user):
        """The secretariat's, and what one has proposed oneself, until a meeting takes it up."""
        if user.has_right("meeting.edit"):
            return self.waiting()
        return self.waiting().filter(created_by=user)

    def waiting(self):
        return self.filter(taken_up=None)

    def of_group(self, group):
        return (
            self.filter(group=group).select_related("created_by", "proposed_by").order_by("created_at", "pk")
        )


class WaitingMatter(Record):
    """A matter that waits for a group's next meeting: its backlog, from which each new agenda is filled."""

    SEARCHED = ("title", "content")
    SORTED_BY = "title"

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, null=True, blank=True, related_name="waiting_matters", editable=False
    )
    title = models.CharField(_("matter"), max_length=300)
    content = models.TextField(_("in more words"), blank=True)
    pillar = models.ForeignKey(
        Pillar, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("plan pillar")
    )
    proposed_by = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    taken_up = models.OneToOneField(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="waited_as", editable=False
    )

    objects = CurrentManager.from_queryset(WaitingMatterQuerySet)()
    everything = models.Manager.from_queryset(WaitingMatterQuerySet)()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.group.get_absolute_url()}#waiting" if self.group else reverse("meetings:meeting_list")


class NoteDraft(models.Model):
    """What a note-taker has typed into an item and not yet saved: it survives a closed laptop."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="note_drafts")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="drafts")
    base_version = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    content = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="note_draft_once")]


class Comment(models.Model):
    """What a member says about minutes before they are approved."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="minutes_comments")
    text = models.TextField(_("comment"), max_length=2000)
    client_uuid = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "client_uuid"], name="minutes_comment_once")]


class MinutesVersion(models.Model):
    """Minutes as they were approved: nothing changes them any more."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(default=timezone.now)
    contents = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version_once")]
