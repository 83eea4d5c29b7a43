"""A trigram index over what activities are searched by: PostgreSQL with pg_trgm only, left out elsewhere."""

from django.db import migrations
from django.db.utils import Error

INDEX = "activity_search_trigram"


def build(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except Error:
            return  # no right to add it, or it is not installed: search works all the same, only slower
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {INDEX} ON projects_activity USING gin (search gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    atomic = False  # a refused extension must not undo the migration

    dependencies = [("projects", "0003_report_topics")]

    operations = [migrations.RunPython(build, drop, atomic=False)]
