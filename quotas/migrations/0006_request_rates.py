"""Expand: the buckets of rate limits of requests, UNLOGGED: what a crash loses is full buckets (release before: no such table)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0005_quota_reservations'),
    ]

    operations = [
        migrations.CreateModel(
            name='RequestRate',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('full_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'request_rates',
                'indexes': [models.Index(fields=['full_at'], name='request_rates_by_time')],
            },
        ),
        migrations.RunSQL('ALTER TABLE request_rates SET UNLOGGED', 'ALTER TABLE request_rates SET LOGGED'),
    ]
