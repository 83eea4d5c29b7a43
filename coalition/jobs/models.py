"""Long work with true progress, and the heartbeat of the clock."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.files.models import StoredFile
from coalition.records import new_public_id


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own jobs only."""
        return self.filter(requested_by=user)


class Job(models.Model):
    """A piece of work that a person waits for: a report build, an import, a large export."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=60)  # a name registered with coalition.jobs.work
    title = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    result_file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    result_path = models.CharField(max_length=300, blank=True)  # the page to open when done
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs")
    created_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="job_waiting")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("jobs:job_page", self.public_id)

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def percent(self):
        return min(100, 100 * self.steps_done // self.steps_total) if self.steps_total else 0


class Heartbeat(models.Model):
    """When a clock last struck: beat itself, the reminder run, the delivery."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name
