# Expand: a table that the release before does not know.

import django.core.validators
import django.db.models.deletion
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=100)),
                ('prefix', models.CharField(max_length=40)),
                ('key_hash', models.CharField(max_length=64)),
                ('previous_hash', models.CharField(max_length=64, null=True)),
                ('previous_expires_at', models.DateTimeField(null=True)),
                ('scopes', models.TextField()),
                ('networks', models.TextField(blank=True, default='')),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('purpose', models.CharField(max_length=500)),
                ('model_label', models.CharField(blank=True, default='', max_length=100)),
                ('mode', models.CharField(choices=[('sandbox', 'Sandbox: dry runs only'), ('supervised', 'Supervised: risky acts wait for approval'), ('live', 'Live: acts by itself')], default='sandbox', max_length=10)),
                ('stopped_at', models.DateTimeField(editable=False, null=True)),
                ('stop_reason', models.CharField(blank=True, default='', editable=False, max_length=500)),
                ('calls_per_hour', models.PositiveIntegerField(blank=True, null=True)),
                ('deletions_per_day', models.PositiveIntegerField(blank=True, null=True)),
                ('quota_share', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('budget_units', models.PositiveBigIntegerField(blank=True, null=True)),
                ('spent_units', models.PositiveBigIntegerField(default=0, editable=False)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'agents',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['deleted_at'], name='agent_by_end'), models.Index(fields=['owner', '-created_at'], name='agent_by_owner')],
                'constraints': [models.UniqueConstraint(fields=('key_hash',), name='agent_key_once'), models.UniqueConstraint(fields=('previous_hash',), name='previous_agent_key_once'), models.CheckConstraint(condition=models.Q(('mode__in', ['sandbox', 'supervised', 'live'])), name='agent_has_a_known_mode'), models.CheckConstraint(condition=models.Q(('quota_share__range', (1, 100))), name='agent_share_is_a_percentage')],
            },
        ),
    ]
