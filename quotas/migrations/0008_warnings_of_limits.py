"""Expand: what an organization was warned of (release before: warns of nothing)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0007_overrides_of_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='quota',
            name='warned_percent',
            field=models.PositiveSmallIntegerField(help_text='The last its admins were told of.', null=True),
        ),
        migrations.AddField(
            model_name='quota',
            name='warned_on',
            field=models.DateField(help_text='The first day of the month in which they were.', null=True),
        ),
    ]
