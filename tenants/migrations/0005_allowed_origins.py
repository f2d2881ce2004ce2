# Expand: a column with a default of the database's own, which the release before does not know.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0004_known_jobs_and_queue_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='allowed_origins',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=5080),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('allowed_origins__regex', '^(https?://[][a-z0-9.:-]+( https?://[][a-z0-9.:-]+){0,19})?$')), name='organization_allows_known_origins'),
        ),
    ]
