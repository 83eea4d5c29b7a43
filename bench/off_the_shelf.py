"""What Django's admin and django-import-export make of the same rows, which the goals name beside the floor.

As somebody would declare them who wants the list of activities and no more: the same columns, two filters, a search,
25 rows a page.
"""

from django.contrib import admin
from import_export.fields import Field
from import_export.resources import ModelResource

from projects.models import Activity


class ActivityAdmin(admin.ModelAdmin):
    list_display = ("starts_on", "title", "kind", "state", "lead", "province", "place")
    list_filter = ("kind", "state")
    list_select_related = ("lead", "province")
    search_fields = ("title", "summary")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-pk")
    list_per_page = 25

    def has_view_permission(self, *_asked):
        return True


class ShelfAdmin(admin.AdminSite):
    def has_permission(self, request):
        return request.user.is_authenticated


class ShelfResource(ModelResource):
    """The columns of the list; the rows come with their people counted, in words for codes as the list shows them."""

    kind = Field(attribute="get_kind_display")
    state = Field(attribute="get_state_display")
    people = Field(attribute="people")

    class Meta:
        model = Activity
        fields = ("starts_on", "title", "kind", "state", "lead__short_name", "province__name_vi", "people")


site = ShelfAdmin(name="shelf")
site.register(Activity, ActivityAdmin)
