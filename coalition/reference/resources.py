"""Reference tables as sheets, for the rows that people complete: matched by their published code or day."""

from coalition import resources
from coalition.reference import models


class RecommendationResource(resources.Resource):
    class Meta(resources.Resource.Meta):
        model = models.Recommendation
        import_id_fields = ["code"]
        fields = [
            "code",
            "document",
            "adopted_on",
            "concern_paragraph",
            "paragraph",
            "cluster__code",
            "name_vi",
            "name_en",
            "is_verified",
            "note",
        ]
        export_order = fields


class IndicatorResource(resources.Resource):
    class Meta(resources.Resource.Meta):
        model = models.Indicator
        import_id_fields = ["code"]
        fields = ["code", "official_code", "name_vi", "name_en", "unit", "disaggregation", "verified"]
        export_order = fields


class CalendarDayResource(resources.Resource):
    class Meta(resources.Resource.Meta):
        model = models.CalendarDay
        import_id_fields = ["date"]
        fields = ["date", "is_working", "kind", "name_vi", "name_en", "source"]
        export_order = fields


class ProvinceResource(resources.Resource):
    class Meta(resources.Resource.Meta):
        model = models.Province
        import_id_fields = ["uid"]
        fields = ["uid", "gso_code", "name_vi", "name_en", "kind", "valid_from", "valid_to", "successor__uid"]
        export_order = fields
