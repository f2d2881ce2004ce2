"""Expand: more than a limit can be allowed, and reported (release before: allows what the database does, and reports nothing)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0008_warnings_of_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='quota',
            name='burst',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='Units beyond `limit` that are allowed.'),
        ),
        migrations.AddField(
            model_name='quota',
            name='override_burst',
            field=models.PositiveIntegerField(
                db_default=0, default=0, help_text='Counts instead of `burst`, with `override`.'
            ),
        ),
        migrations.AddField(
            model_name='quota',
            name='exceeded_on',
            field=models.DateField(
                help_text='The first day of the month in which a burst was last used.', null=True
            ),
        ),
    ]
