# Expand: tables that the release before does not use, and columns of sessions that it leaves null.

import django.db.models.deletion
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_custom_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='authenticated_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='second_factor_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='LoginChallenge',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('token_hash', models.CharField(max_length=64)),
                ('in_cookie', models.BooleanField(null=True)),
                ('enrols', models.BooleanField(db_default=False, default=False)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='login_challenges', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'login_challenges',
                'indexes': [models.Index(fields=['expires_at'], name='login_challenge_by_expiry')],
                'constraints': [models.UniqueConstraint(fields=('token_hash',), name='login_challenge_once')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('code_hash', models.CharField(max_length=64)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'recovery_codes',
                'constraints': [models.UniqueConstraint(fields=('code_hash',), name='recovery_code_once')],
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('totp', 'Authenticator app')], default='totp', max_length=20)),
                ('encrypted_secret', models.TextField(help_text='See Note [The secret at rest].')),
                ('last_step', models.BigIntegerField(db_default=0, default=0)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='second_factors', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'second_factors',
                'ordering': ('created_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'totp')), fields=('user',), name='totp_once_per_person'), models.CheckConstraint(condition=models.Q(('kind__in', ['totp'])), name='second_factor_is_of_a_known_kind')],
            },
        ),
    ]
