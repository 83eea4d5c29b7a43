"""Working groups: the circles of organisations that meet again and again."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.members.models import Organisation
from coalition.members.models.user import hash_token
from coalition.records import CurrentManager, Record, RecordQuerySet
from coalition.reference.models import Pillar


class WorkingGroupQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Every member of the coalition sees every group; a donor's reader none."""
        if user.is_secretariat or user.organisation_ids:
            return self
        return self.none()

    def editable_by(self, user):
        return self if user.has_right("meeting.edit") else self.none()


class WorkingGroup(Record):
    """A group whose members are organisations; it has a chair that rotates, a usual place and usual hours."""

    SEARCHED = ("name_vi", "name_en", "code")
    SORTED_BY = "name_vi"

    code = models.CharField(_("code"), max_length=30, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    members = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="working_groups",
        verbose_name=_("member organisations"),
        help_text=_("None chosen: every member of the coalition."),
    )
    chair = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chaired_groups",
        verbose_name=_("chair"),
    )
    pillars = models.ManyToManyField(
        Pillar, blank=True, related_name="working_groups", verbose_name=_("pillars of its plan")
    )
    place = models.CharField(_("usual place"), max_length=200, blank=True)
    starts_at = models.TimeField(_("usually from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)

    objects = CurrentManager.from_queryset(WorkingGroupQuerySet)()
    everything = models.Manager.from_queryset(WorkingGroupQuerySet)()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("meetings:group_page", self.public_id)

    @property
    def name(self):
        return (self.name_en or self.name_vi) if get_language() == "en" else self.name_vi

    def members_on(self, day):
        """Organisations that belong to the group on `day`: those chosen, else all of the coalition."""
        chosen = self.members.all()
        meant = Q(pk__in=chosen.values("pk")) | ~Exists(chosen)
        return Organisation.objects.members_on(day).filter(meant).in_order()

    def next_chair(self, day):
        """Return the organisation whose turn it is after the chair of today: members take it in order."""
        turn = list(self.members_on(day))
        if not turn:
            return None
        place = next((place for place, each in enumerate(turn) if each.pk == self.chair_id), -1)
        return turn[(place + 1) % len(turn)]


class GroupFeedQuerySet(models.QuerySet):
    def of_token(self, token):
        """Feeds with this secret, of people who still have an account."""
        return self.filter(token_hash=hash_token(token), user__is_active=True).select_related("user", "group")


class GroupFeed(models.Model):
    """A person's secret calendar address of one working group; making a new one ends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_feeds")
    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GroupFeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="one_group_feed_each")]
