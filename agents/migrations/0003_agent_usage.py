# Expand: tables that the release before does not know.
import workix.core.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agents', '0002_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgentDeletions',
            fields=[
                ('agent_id', models.UUIDField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'agent_deletions',
            },
        ),
        migrations.CreateModel(
            name='AgentRow',
            fields=[
                ('id', models.UUIDField(db_default=models.Func(function='gen_random_uuid'), primary_key=True, serialize=False)),
                ('table_name', models.CharField(max_length=63)),
                ('row_id', models.CharField(max_length=255)),
                ('hidden_by', models.CharField(help_text='The column that says it counts no more.', max_length=63)),
                ('resource', models.CharField(max_length=50)),
                ('agent_id', models.UUIDField()),
            ],
            options={
                'db_table': 'agent_rows',
                'indexes': [models.Index(fields=['agent_id', 'resource'], name='rows_of_an_agent')],
                'constraints': [models.UniqueConstraint(fields=('table_name', 'row_id'), name='agent_row_once')],
            },
        ),
        migrations.CreateModel(
            name='AgentUsage',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('agent_id', models.UUIDField()),
                ('run', models.CharField(max_length=129)),
                ('model', models.CharField(max_length=100)),
                ('input_tokens', models.PositiveBigIntegerField(default=0)),
                ('output_tokens', models.PositiveBigIntegerField(default=0)),
                ('units', models.PositiveBigIntegerField()),
            ],
            options={
                'db_table': 'agent_usage',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['created_at'], name='agent_usage_by_time')],
                'constraints': [models.UniqueConstraint(fields=('agent_id', 'run'), name='agent_run_once')],
            },
        ),
    ]
