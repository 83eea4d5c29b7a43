import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='number of the cluster')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('articles_text', models.CharField(blank=True, max_length=200, verbose_name='articles')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'cluster of articles',
                'verbose_name_plural': 'clusters of articles',
            },
        ),
        migrations.CreateModel(
            name='IndicatorSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('owner', models.CharField(blank=True, max_length=300, verbose_name='published by')),
                ('reference', models.CharField(blank=True, max_length=400, verbose_name='document')),
                ('child_age', models.CharField(blank=True, max_length=60, verbose_name='age of a child')),
                ('frequency', models.CharField(blank=True, max_length=60, verbose_name='how often')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('verified', models.CharField(blank=True, max_length=400, verbose_name='checked against')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'set of indicators',
                'verbose_name_plural': 'sets of indicators',
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('broad_code', models.CharField(max_length=20, verbose_name='code of the wider region')),
                ('broad_vi', models.CharField(max_length=50, verbose_name='wider region in Vietnamese')),
                ('broad_en', models.CharField(max_length=50, verbose_name='wider region in English')),
                ('in_63', models.BooleanField(verbose_name='used for the former 63')),
                ('in_34', models.BooleanField(verbose_name="used for today's 34")),
            ],
            options={
                'abstract': False,
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('instrument', models.CharField(max_length=10, verbose_name='treaty')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of the article')),
                ('part', models.CharField(blank=True, max_length=10, verbose_name='part')),
                ('cluster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='reference.cluster', verbose_name='cluster')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'article of the Convention',
                'verbose_name_plural': 'articles of the Convention',
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('date', models.DateField(unique=True, verbose_name='date')),
                ('is_working', models.BooleanField(default=False, verbose_name='working day')),
                ('kind', models.CharField(blank=True, max_length=30, verbose_name='kind')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'day of the calendar',
                'verbose_name_plural': 'days of the calendar',
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='code')),
                ('official_code', models.CharField(blank=True, max_length=30, verbose_name='official code')),
                ('unit', models.CharField(blank=True, max_length=100, verbose_name='unit')),
                ('disaggregation', models.CharField(blank=True, max_length=200, verbose_name='broken down by')),
                ('verified', models.CharField(blank=True, max_length=400, verbose_name='checked against')),
                ('cluster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='reference.cluster', verbose_name='cluster')),
                ('indicator_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='reference.indicatorset', verbose_name='set of indicators')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
            },
        ),
        migrations.CreateModel(
            name='Observance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('date', models.DateField(verbose_name='date')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('date', 'name_vi'), name='observance_once')],
                'verbose_name': 'observance',
                'verbose_name_plural': 'observances',
            },
        ),
        migrations.CreateModel(
            name='Pillar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number of the pillar')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'pillar of the plan',
                'verbose_name_plural': 'pillars of the plan',
            },
        ),
        migrations.CreateModel(
            name='Province',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('uid', models.CharField(max_length=10, unique=True, verbose_name='key')),
                ('generation', models.PositiveSmallIntegerField(verbose_name='number of units at the time')),
                ('gso_code', models.CharField(max_length=4, verbose_name='code of the statistics office')),
                ('full_name_vi', models.CharField(max_length=100, verbose_name='full name in Vietnamese')),
                ('full_name_en', models.CharField(max_length=100, verbose_name='full name in English')),
                ('kind', models.CharField(choices=[('province', 'Province'), ('city', 'Centrally-run city')], max_length=10, verbose_name='kind')),
                ('iso_code', models.CharField(blank=True, max_length=10, verbose_name='ISO code')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='exists from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='existed until')),
                ('alt_names', models.CharField(blank=True, max_length=200, verbose_name='other names')),
                ('search', models.TextField(default='', editable=False)),
                ('sort_key', models.CharField(db_index=True, default='', editable=False, max_length=200)),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='reference.province', verbose_name='became part of')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provinces', to='reference.region', verbose_name='region')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'province',
                'verbose_name_plural': 'provinces',
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('document', models.CharField(max_length=40, verbose_name='document')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('concern_paragraph', models.CharField(blank=True, max_length=20, verbose_name='paragraph of the concern')),
                ('paragraph', models.CharField(blank=True, max_length=20, verbose_name='paragraph')),
                ('is_verified', models.BooleanField(default=False, verbose_name='checked against the official text')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='reference.cluster', verbose_name='cluster')),
            ],
            options={
                'abstract': False,
                'verbose_name': 'recommendation of the Committee',
                'verbose_name_plural': 'recommendations of the Committee',
            },
        ),
        migrations.CreateModel(
            name='ReportTemplateSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template_code', models.CharField(max_length=20, verbose_name='code of the template')),
                ('template_vi', models.CharField(max_length=300, verbose_name='template in Vietnamese')),
                ('template_en', models.CharField(max_length=300, verbose_name='template in English')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('number', models.CharField(max_length=10, verbose_name='number of the section')),
                ('title_vi', models.CharField(max_length=400, verbose_name='title in Vietnamese')),
                ('title_en', models.CharField(max_length=600, verbose_name='title in English')),
                ('filled_from', models.CharField(blank=True, max_length=300, verbose_name='filled from')),
                ('provenance', models.CharField(blank=True, max_length=400, verbose_name='source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('template_code', 'order'), name='template_section_once')],
                'verbose_name': 'section of a report template',
                'verbose_name_plural': 'sections of report templates',
            },
        ),
    ]
