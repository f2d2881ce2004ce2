# Expand: a table that the release before does not know.

import workix.core.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('url', models.CharField(max_length=500)),
                ('description', models.CharField(blank=True, default='', max_length=100)),
                ('is_enabled', models.BooleanField(default=True)),
                ('encrypted_secret', models.TextField()),
                ('previous_secret', models.TextField(blank=True, default='')),
                ('previous_expires_at', models.DateTimeField(null=True)),
                ('position', models.BigIntegerField()),
                ('failures', models.PositiveIntegerField(default=0)),
                ('failing_since', models.DateTimeField(null=True)),
                ('next_attempt_at', models.DateTimeField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('last_failure', models.CharField(blank=True, default='', max_length=200)),
                ('last_failed_at', models.DateTimeField(null=True)),
                ('last_delivered_at', models.DateTimeField(null=True)),
                ('recent_attempts', models.JSONField(default=list)),
                ('leased_until', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'webhook_endpoints',
                'ordering': ('created_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('position__gte', 0)), name='webhook_is_somewhere_in_the_trail')],
            },
        ),
    ]
