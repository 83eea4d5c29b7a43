"""What every import and export of the back office does: clean text in, no formulas out."""

from import_export import resources
from import_export.formats.base_formats import CSV, XLSX

from coalition import text

FORMATS = [CSV, XLSX]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


class Resource(resources.ModelResource):
    """A table as a sheet. Rows are matched by `import_id_fields`, which each resource names: never by id."""

    class Meta:
        abstract = True
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def before_import_row(self, row, **kwargs):
        """Clean every text and take off the mark that an export set before what looks like a formula."""
        for column, value in row.items():
            if isinstance(value, str):
                cleaned = text.clean(value).strip()
                is_marked = cleaned.startswith("'") and cleaned[1:].startswith(_FORMULA)
                row[column] = cleaned[1:] if is_marked else cleaned

    def export_field(self, field, instance, **kwargs):
        """Return the cell; a text that a spreadsheet would take for a formula gets a mark before it."""
        value = super().export_field(field, instance, **kwargs)
        if isinstance(value, str) and value.startswith(_FORMULA):
            return f"'{value}"
        return value
