"""Expand: counters know their limit and the parts of what they protect (release before: leaves both at their defaults)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0002_quota_movements_and_declared_resources'),
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
        migrations.AddIndex(
            model_name='attempts',
            index=models.Index(fields=['since'], name='attempts_by_age'),
        ),
    ]
