"""Reference tables in the back office: what others publish is read, what we complete is written."""

from django.contrib import admin
from import_export.admin import ExportMixin, ImportExportMixin

from coalition import resources
from coalition.admin import BackOfficeAdmin
from coalition.reference import models
from coalition.reference.resources import (
    CalendarDayResource,
    IndicatorResource,
    ProvinceResource,
    RecommendationResource,
)


@admin.register(models.Recommendation)
class RecommendationAdmin(ImportExportMixin, BackOfficeAdmin):
    """The coordinator fills in paragraph numbers from the official text and marks them as seen."""

    resource_classes = [RecommendationResource]
    formats = resources.FORMATS
    list_display = ["code", "paragraph", "name_vi", "cluster", "is_verified"]
    list_filter = ["document", "is_verified", "cluster"]
    list_select_related = ["cluster"]
    search_fields = ["code", "name_vi", "name_en"]
    ordering = ["code"]


@admin.register(models.CalendarDay)
class CalendarDayAdmin(ImportExportMixin, BackOfficeAdmin):
    """Once a year: the days off and make-up Saturdays that the Government announces."""

    resource_classes = [CalendarDayResource]
    formats = resources.FORMATS
    list_display = ["date", "is_working", "name_vi", "source"]
    list_filter = ["is_working"]
    date_hierarchy = "date"
    ordering = ["-date"]
    may_delete = True


@admin.register(models.Observance)
class ObservanceAdmin(BackOfficeAdmin):
    list_display = ["date", "name_vi", "name_en"]
    date_hierarchy = "date"
    ordering = ["-date"]
    may_delete = True


@admin.register(models.Indicator)
class IndicatorAdmin(ImportExportMixin, BackOfficeAdmin):
    resource_classes = [IndicatorResource]
    formats = resources.FORMATS
    list_display = ["code", "name_vi", "indicator_set", "unit"]
    list_filter = ["indicator_set"]
    list_select_related = ["indicator_set"]
    search_fields = ["code", "name_vi", "name_en"]
    ordering = ["code"]


@admin.register(models.Pillar)
class PillarAdmin(BackOfficeAdmin):
    list_display = ["number", "name_vi", "name_en"]
    ordering = ["number"]


@admin.register(models.Province)
class ProvinceAdmin(ExportMixin, BackOfficeAdmin):
    """Places are decided by the National Assembly: the loader writes them, people read them."""

    is_read_only = True
    resource_classes = [ProvinceResource]
    formats = resources.FORMATS
    list_display = ["uid", "name_vi", "kind", "region", "valid_from", "valid_to", "successor"]
    list_filter = ["generation", "kind"]
    list_select_related = ["region", "successor"]
    search_fields = ["search"]
    ordering = ["-generation", "sort_key"]


@admin.register(models.Article, models.Cluster, models.IndicatorSet)
class PublishedAdmin(BackOfficeAdmin):
    """What others published: read here, changed in the data files."""

    is_read_only = True
    list_display = ["code", "name_vi", "name_en"]
    search_fields = ["code", "name_vi", "name_en"]
    ordering = ["pk"]


@admin.register(models.ReportTemplateSection)
class ReportTemplateSectionAdmin(BackOfficeAdmin):
    is_read_only = True
    list_display = ["template_code", "number", "title_vi"]
    list_filter = ["template_code"]
    ordering = ["template_code", "order"]
