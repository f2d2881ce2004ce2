# Expand: two tables that the release before does not use.

import django.db.models.deletion
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0017_prove_mailboxes_of_invitations'),
    ]

    operations = [
        migrations.CreateModel(
            name='SpentPasskeyChallenge',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'db_table': 'spent_passkey_challenges',
                'indexes': [models.Index(fields=['created_at'], name='spent_challenge_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=100)),
                ('rp_id', models.CharField(max_length=253)),
                ('credential_id', models.CharField(max_length=1364)),
                ('public_key', models.TextField()),
                ('sign_count', models.BigIntegerField(default=0)),
                ('aaguid', models.UUIDField()),
                ('transports', models.CharField(blank=True, default='', max_length=100)),
                ('is_discoverable', models.BooleanField(null=True)),
                ('is_backup_eligible', models.BooleanField(default=False)),
                ('is_backed_up', models.BooleanField(default=False)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'passkeys',
                'ordering': ('created_at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('credential_id',), name='passkey_once'), models.CheckConstraint(condition=models.Q(('sign_count__gte', 0), ('sign_count__lt', 4294967296)), name='passkey_counts_in_32_bits')],
            },
        ),
    ]
