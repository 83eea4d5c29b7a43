"""Saved views of lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition import text
from coalition.members.models import Organisation
from coalition.records import new_public_id


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        mine = Q(owner_id=user.pk) | Q(sharing="all")
        if user.organisation_ids:
            mine |= Q(sharing="organisation", organisation_id__in=user.organisation_ids)
        return self.filter(mine)

    def beside(self, list_name, user):
        """Return the views of one list that this person may use, in the order of their names.

        They are few, and every list page asks for them: sorted here, the statement costs half.
        """
        found = self.visible_to(user).filter(list_name=list_name)
        found = found.only("public_id", "owner_id", "name", "query", "is_default")
        return sorted(found, key=lambda view: (text.sort_key(view.name), view.pk))

    def editable_by(self, user):
        return self.filter(owner=user)


class SavedView(models.Model):
    """A list as somebody likes to see it: filters, columns and order under a name."""

    class Sharing(models.TextChoices):
        PRIVATE = "private", _("Only me")
        ORGANISATION = "organisation", _("My organisation")
        ALL = "all", _("Everyone")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    list_name = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(blank=True)  # the address's query: filters, columns, sort
    sharing = models.CharField(
        _("who sees it"), max_length=15, choices=Sharing.choices, default=Sharing.PRIVATE
    )

    is_default = models.BooleanField(_("open the list with it"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_name", "name"],
                name="saved_view_name_once",
                violation_error_message=_("You already have a view of this name."),
            )
        ]

    def __str__(self):
        return self.name
