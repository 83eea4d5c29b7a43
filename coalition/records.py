"""What every record that people edit has: a public id, a version, history, an archive, search and order."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from coalition import text
from coalition.earlier_links import LinksOfVersion

_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is misread on paper


def new_public_id():
    """Return ten random letters and digits: about 50 bits, for addresses; it is not a secret."""
    return "".join(secrets.choice(_ID_LETTERS) for _letter in range(10))


class Conflict(Exception):
    """Somebody else has saved the record since this version was read.

    `record` is the unsaved instance, `current` the saved one, `typed` what the person typed, as
    (label, theirs, mine) for each field that differs.
    """

    def __init__(self, record, current=None, typed=()):
        super().__init__(f"{record._meta.label} {record.pk} has changed")
        self.record, self.current, self.typed = record, current, list(typed)


class Closed(Exception):
    """What somebody wanted to change is closed to them; its words say why, `address` leads back to it."""

    def __init__(self, words, address=""):
        super().__init__(words)
        self.address = address


class RecordQuerySet(models.QuerySet):
    def search(self, query, *, is_common=False):
        """Records in which every word of `query` occurs, whatever its case and accents.

        is_common: the words are known to stand in very many rows. A page is then full sooner when rows are read in the
        list's order than when all of them are looked up and sorted, which databases choose as they expect too few.
        """
        found = self
        for word in text.search_words(query):
            if is_common:
                found = found.filter(GreaterThan(StrIndex("search", Value(word)), 0))
            else:
                found = found.filter(search__contains=word)
        return found

    def in_order(self):
        return self.order_by("sort_key", "pk")

    def archived(self):
        return self.model.everything.filter(archived_at__isnull=False)


class CurrentManager(models.Manager):
    """The records that are in use: archived ones are left out."""

    def get_queryset(self):
        return super().get_queryset().filter(archived_at=None)


class Record(models.Model):
    """A row that people write and share. Subclasses say in SEARCHED and SORTED_BY what is found and ordered."""

    SEARCHED: tuple[str, ...] = ()
    SORTED_BY = ""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    client_uuid = models.UUIDField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    search = models.TextField(default="", editable=False)
    sort_key = models.CharField(max_length=400, default="", editable=False)

    history = HistoricalRecords(
        inherit=True,
        bases=[LinksOfVersion],
        excluded_fields=["search", "sort_key", "client_uuid", "preview", "snapshot"],
    )

    objects = CurrentManager.from_queryset(RecordQuerySet)()
    everything = models.Manager.from_queryset(RecordQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "client_uuid"], name="%(app_label)s_%(class)s_written_once"
            )
        ]

    def fill_columns(self):
        """Fill the stored search and order columns; bulk writers call it for each row."""
        self.search = text.search_text(*(str(getattr(self, name) or "") for name in self.SEARCHED))
        self.sort_key = (
            text.sort_key(str(getattr(self, self.SORTED_BY) or ""))[:400] if self.SORTED_BY else ""
        )

    def save(self, *args, **kwargs):
        """Save, unless somebody else has saved this record since it was read: then raise Conflict."""
        self.fill_columns()
        if not self._state.adding:
            saved = (
                type(self)
                .everything.filter(pk=self.pk, version=self.version)
                .update(version=F("version") + 1)
            )
            if not saved:
                raise Conflict(self, type(self).everything.filter(pk=self.pk).first())
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {
                    *kwargs["update_fields"],
                    "version",
                    "updated_at",
                    "search",
                    "sort_key",
                }
        super().save(*args, **kwargs)

    def archive(self):
        """Take the record out of lists; nothing is deleted."""
        self.archived_at = timezone.now()
        self.save()

    def restore(self):
        self.archived_at = None
        self.save()


def written_once(model, user, client_uuid):
    """Return the record that `user` has already written with this form, or None: a replay makes no second row."""
    if not client_uuid:
        return None
    return model._default_manager.filter(created_by=user, client_uuid=client_uuid).first()


def new_client_uuid():
    return uuid.uuid4()
