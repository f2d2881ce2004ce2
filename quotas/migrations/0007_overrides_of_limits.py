"""Expand: an organization's limit can be another for a while (release before: counts the plan's alone)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0006_request_rates'),
    ]

    operations = [
        migrations.AddField(
            model_name='quota',
            name='override',
            field=models.PositiveIntegerField(blank=True, help_text='Counts instead of `limit`.', null=True),
        ),
        migrations.AddField(
            model_name='quota',
            name='override_until',
            field=models.DateTimeField(blank=True, help_text='From then on `limit` counts again.', null=True),
        ),
        migrations.AlterField(
            model_name='quota',
            name='limit',
            field=models.PositiveIntegerField(help_text='What the organization is entitled to.'),
        ),
    ]
