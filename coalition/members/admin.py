"""Organisations in the back office: their names, periods, and a sheet in and out."""

from django.contrib import admin
from import_export.admin import ImportExportMixin

from coalition import resources
from coalition.admin import BackOfficeAdmin, BackOfficeInline
from coalition.forms import RecordForm
from coalition.members import actions
from coalition.members.models import CoalitionPeriod, Organisation, OrganisationAlias
from coalition.members.resources import OrganisationResource


class AliasInline(BackOfficeInline):
    model = OrganisationAlias


class CoalitionPeriodInline(BackOfficeInline):
    model = CoalitionPeriod


class OrganisationAdminForm(RecordForm):
    class Meta:
        model = Organisation
        fields = [
            "code",
            "name_vi",
            "name_en",
            "short_name",
            "kind",
            "email",
            "website",
            "is_secretariat",
            "note",
        ]


@admin.register(Organisation)
class OrganisationAdmin(ImportExportMixin, BackOfficeAdmin):
    resource_classes = [OrganisationResource]
    formats = resources.FORMATS
    inlines = [AliasInline, CoalitionPeriodInline]
    list_display = ["code", "name_vi", "short_name", "kind", "is_secretariat"]
    list_filter = ["kind", "is_secretariat"]
    search_fields = ["search"]
    ordering = ["sort_key", "pk"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Use the form as it is: it carries the version, which is no field of the admin's own making."""
        return OrganisationAdminForm

    def get_queryset(self, request):
        return Organisation.objects.filter(merged_into=None)

    def save_model(self, request, obj, form, change):
        obj.created_by = obj.created_by if change else request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Let search find the organisation by the names that were just typed."""
        super().save_related(request, form, formsets, change)
        organisation = Organisation.objects.get(pk=form.instance.pk)
        names = organisation.aliases.order_by("pk").values_list("name", flat=True)
        actions.set_aliases(organisation=organisation, names=list(names))
