# Expand: a column with a default of the database's own, which the release before does not know.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_required_second_factors'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='external_id',
            field=models.CharField(db_default='', default='', editable=False, max_length=255),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['external_id'], name='user_by_external_id'),
        ),
    ]
