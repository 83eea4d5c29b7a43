from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_report_letters")]

    operations = [
        migrations.RenameField("projectindicator", "unit", "unit_vi"),
        migrations.AlterField(
            "projectindicator",
            "unit_vi",
            models.CharField(blank=True, max_length=60, verbose_name="unit in Vietnamese"),
        ),
        migrations.AddField(
            "projectindicator",
            "unit_en",
            models.CharField(blank=True, default="", max_length=60, verbose_name="unit in English"),
            preserve_default=False,
        ),
    ]
