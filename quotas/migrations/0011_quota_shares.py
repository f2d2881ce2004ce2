"""Expand: the quotas with the largest shares, for the metrics (release before: has none)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0010_heavy_use'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuotaShare',
            fields=[
                ('rank', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('organization_id', models.UUIDField()),
                ('resource', models.CharField(max_length=50)),
                ('share', models.FloatField(help_text='Of its limit, in use: 1 is the limit.')),
                ('found_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'quota_shares',
            },
        ),
    ]
