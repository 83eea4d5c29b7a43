import coalition.records
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('public_id', models.CharField(default=coalition.records.new_public_id, editable=False, max_length=12, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('full_name', models.CharField(blank=True, max_length=150, verbose_name='full name')),
                ('form_of_address', models.CharField(choices=[('anh', 'anh (Mr, informal)'), ('chị', 'chị (Ms, informal)'), ('ông', 'ông (Mr, formal)'), ('bà', 'bà (Ms, formal)'), ('bạn', 'bạn (neutral)'), ('anh/chị', 'anh/chị (not known)')], default='anh/chị', max_length=10, verbose_name='form of address')),
                ('language', models.CharField(choices=[('vi', 'Vietnamese'), ('en', 'English')], default='vi', max_length=2, verbose_name='language')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may open the back office')),
                ('is_active', models.BooleanField(default=True, verbose_name='may log in')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('search', models.TextField(default='', editable=False)),
                ('sort_key', models.CharField(default='', editable=False, max_length=400)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=coalition.records.new_public_id, editable=False, max_length=12, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('client_uuid', models.UUIDField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('search', models.TextField(default='', editable=False)),
                ('sort_key', models.CharField(default='', editable=False, max_length=400)),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='code')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='short name')),
                ('kind', models.CharField(choices=[('VNGO', 'Vietnamese civil-society organisation'), ('INGO', 'International non-governmental organisation'), ('STATE', 'State agency'), ('UN', 'United Nations agency'), ('MASS', 'Mass organisation'), ('DONOR', 'Donor'), ('BUSINESS', 'Business'), ('MEDIA', 'Media'), ('NETWORK', 'Network'), ('SCHOOL', 'School or university'), ('OTHER', 'Other')], default='VNGO', max_length=10, verbose_name='kind')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('is_secretariat', models.BooleanField(default=False, verbose_name="keeps the coalition's secretariat")),
                ('other_names', models.TextField(default='', editable=False)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='members.organisation', verbose_name='merged into')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everything',
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('staff', 'Secretariat staff'), ('focal', 'Focal point'), ('contributor', 'Contributor'), ('viewer', 'Viewer'), ('donor', 'Donor')], max_length=20, verbose_name='role')),
                ('is_head', models.BooleanField(default=False, verbose_name='head of the organisation')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=coalition.records.new_public_id, editable=False, max_length=12, unique=True)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('full_name', models.CharField(blank=True, max_length=150, verbose_name='full name')),
                ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('staff', 'Secretariat staff'), ('focal', 'Focal point'), ('contributor', 'Contributor'), ('viewer', 'Viewer'), ('donor', 'Donor')], max_length=20, verbose_name='role')),
                ('language', models.CharField(choices=[('vi', 'Vietnamese'), ('en', 'English')], default='vi', max_length=2)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent_invitations', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='members.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='HistoricalOrganisation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('public_id', models.CharField(db_index=True, default=coalition.records.new_public_id, editable=False, max_length=12)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='changed')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('code', models.CharField(db_index=True, max_length=30, verbose_name='code')),
                ('name_vi', models.CharField(max_length=300, verbose_name='name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='short name')),
                ('kind', models.CharField(choices=[('VNGO', 'Vietnamese civil-society organisation'), ('INGO', 'International non-governmental organisation'), ('STATE', 'State agency'), ('UN', 'United Nations agency'), ('MASS', 'Mass organisation'), ('DONOR', 'Donor'), ('BUSINESS', 'Business'), ('MEDIA', 'Media'), ('NETWORK', 'Network'), ('SCHOOL', 'School or university'), ('OTHER', 'Other')], default='VNGO', max_length=10, verbose_name='kind')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('is_secretariat', models.BooleanField(default=False, verbose_name="keeps the coalition's secretariat")),
                ('other_names', models.TextField(default='', editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.organisation', verbose_name='merged into')),
            ],
            options={
                'verbose_name': 'historical organisation',
                'verbose_name_plural': 'historical organisations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='CoalitionPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='member since')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='member until')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coalition_periods', to='members.organisation', verbose_name='organisation')),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='organisations',
            field=models.ManyToManyField(related_name='people', through='members.Membership', to='members.organisation'),
        ),
        migrations.CreateModel(
            name='OrganisationAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('folded', models.CharField(editable=False, max_length=200, unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='members.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'other name',
                'verbose_name_plural': 'other names',
            },
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(fields=('created_by', 'client_uuid'), name='members_organisation_written_once'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='organisation_not_merged_into_itself', violation_error_message='An organisation cannot be merged into itself.'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['organisation', 'role'], name='membership_role'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('user', 'organisation', 'role', 'starts_on'), name='membership_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_it_starts', violation_error_message='A role cannot end before it starts.'),
        ),
        migrations.AddConstraint(
            model_name='coalitionperiod',
            constraint=models.UniqueConstraint(fields=('organisation', 'starts_on'), name='coalition_period_once'),
        ),
        migrations.AddConstraint(
            model_name='coalitionperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='coalition_period_ends_after_it_starts', violation_error_message='A membership cannot end before it starts.'),
        ),
    ]
