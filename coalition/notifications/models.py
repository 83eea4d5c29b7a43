"""The outbox: every message is a row first, written in the transaction of the fact it tells."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.members.models import Organisation
from coalition.records import new_public_id


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own messages; coordinators see the whole outbox."""
        return self if user.has_right("outbox.see") else self.filter(recipient=user)

    def due(self, now):
        return self.filter(state=Message.State.QUEUED, not_before__lte=now)


class Message(models.Model):
    """One message to one person, to be delivered exactly once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        CANCELLED = "cancelled", _("No longer needed")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    to_address = models.EmailField()
    language = models.CharField(max_length=2, default="vi")
    subject = models.CharField(max_length=300)
    text_body = models.TextField()
    html_body = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True)  # [{"name", "content_type", "text"}]
    path = models.CharField(max_length=300, blank=True)  # the page it leads to
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    state_reason = models.CharField(max_length=300, blank=True)
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "not_before", "id"], name="message_due"),
            models.Index(fields=["recipient", "-created_at"], name="message_of_person"),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return address_of("notifications:message_page", self.public_id)

    @property
    def message_id(self):
        """The stable Message-ID header: a second delivery after a crash is recognised as the same mail."""
        return f"<{self.public_id}.{self.pk}@{urlsplit(settings.BASE_URL).hostname or 'portal'}>"


class Preference(models.Model):
    """How one person wants to be reminded."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("At most one mail a day")
        WEEKLY = "weekly", _("One mail a week, on Monday")
        NEVER = "never", _("Only on the portal, no mail")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference")
    reminders = models.CharField(_("reminders"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    attach_calendar = models.BooleanField(_("attach a calendar entry"), default=True)

    def __str__(self):
        return f"{self.user}: {self.get_reminders_display()}"


class Webhook(models.Model):
    """An address outside, of an organisation, that is told about its duties (bridges to chat groups)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="webhooks")
    address = models.URLField(_("address"))
    secret = models.CharField(max_length=64)
    is_on = models.BooleanField(_("in use"), default=True)

    def __str__(self):
        return self.address


class WebhookCall(models.Model):
    """One thing that an address outside is told: signed, tried again, given up after a while."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="calls")
    dedupe_key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    state_reason = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="webhook_call_due")]
