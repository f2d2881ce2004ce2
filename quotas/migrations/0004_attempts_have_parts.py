"""Expand: counters know their limit and the parts of what they protect (release before: leaves both at their defaults)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0003_index_what_is_swept'),
    ]

    operations = [
        migrations.AddField(
            model_name='attempts',
            name='name',
            field=models.CharField(db_default='', help_text='The name of the limit.', max_length=50),
        ),
        migrations.AddField(
            model_name='attempts',
            name='parts',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), help_text='Part -> its share of `count`.'),
        ),
    ]
