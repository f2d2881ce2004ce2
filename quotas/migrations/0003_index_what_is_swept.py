
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0002_quota_movements_and_declared_resources'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='attempts',
            index=models.Index(fields=['since'], name='attempts_by_time'),
        ),
        migrations.AddIndex(
            model_name='pastusage',
            index=models.Index(fields=['created_at'], name='past_usage_by_time'),
        ),
        migrations.AddIndex(
            model_name='quotamovement',
            index=models.Index(fields=['created_at'], name='movement_by_time'),
        ),
    ]
