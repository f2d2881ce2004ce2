"""Expand: what organizations ask by the hour, UNLOGGED: a crash forgets it (release before: counts nothing)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0009_bursts'),
    ]

    operations = [
        migrations.CreateModel(
            name='HeavyUse',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('organization_id', models.UUIDField()),
                ('hour', models.DateTimeField(help_text='When it began.')),
                ('requests', models.BigIntegerField(db_default=0)),
                ('refused', models.BigIntegerField(db_default=0, help_text='Answered with 4xx, without 429.')),
                ('throttled', models.BigIntegerField(db_default=0, help_text='Answered with 429.')),
                ('failed', models.BigIntegerField(db_default=0, help_text='Answered with 5xx.')),
                ('jobs', models.BigIntegerField(db_default=0, help_text='Attempts at background jobs.')),
                ('database_microseconds', models.BigIntegerField(db_default=0)),
                ('storage_bytes', models.BigIntegerField(help_text='Of its schema, where it was measured then.', null=True)),
            ],
            options={
                'db_table': 'heavy_use',
                'constraints': [
                    models.UniqueConstraint(fields=('hour', 'organization_id'), name='heavy_use_once_per_hour'),
                ],
            },
        ),
        migrations.RunSQL('ALTER TABLE heavy_use SET UNLOGGED', 'ALTER TABLE heavy_use SET LOGGED'),
    ]
