"""Organisations as a sheet: matched by code, other names separated by semicolons."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields

from coalition import resources
from coalition.members import actions
from coalition.members.models import Organisation


class OrganisationResource(resources.Resource):
    aliases = fields.Field(column_name="aliases")

    class Meta(resources.Resource.Meta):
        model = Organisation
        import_id_fields = ["code"]
        fields = ["code", "name_vi", "name_en", "short_name", "kind", "email", "website", "note", "aliases"]
        export_order = fields

    def get_queryset(self):
        return Organisation.objects.filter(merged_into=None).in_order()

    def dehydrate_aliases(self, organisation):
        return "; ".join(organisation.aliases.order_by("pk").values_list("name", flat=True))

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """A row whose only news is another name is not skipped."""
        if "aliases" in row and instance.pk and row["aliases"] != self.dehydrate_aliases(instance):
            return False
        return super().skip_row(instance, original, row, import_validation_errors)

    def after_save_instance(self, instance, row, **kwargs):
        if "aliases" not in row:
            return
        try:
            actions.set_aliases(organisation=instance, names=str(row["aliases"] or "").split(";"))
        except ValueError as error:
            raise ValidationError(
                _("“%(name)s” is already another name of another organisation.") % {"name": error}
            ) from error
