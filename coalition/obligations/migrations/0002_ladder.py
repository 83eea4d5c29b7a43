"""The ladder every kind of duty starts with; coordinators change it on /owed/rules/."""

from django.db import migrations

LADDER = ((-14, "role"), (-7, "role"), (-1, "role"), (1, "role"), (7, "role"), (10, "head"))


def put_up(apps, schema_editor):
    rules = apps.get_model("obligations", "ReminderRule").objects
    if not rules.exists():
        for offset, audience in LADDER:
            rules.create(kind="", offset=offset, audience=audience)


def take_down(apps, schema_editor):
    """Leave the rules: people may have changed them."""


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
