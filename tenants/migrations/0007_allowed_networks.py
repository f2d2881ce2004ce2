# Expand: a column with a default of the database's own, which the release before does not know.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0006_jobs_due_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='allowed_networks',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=2200),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('allowed_networks__regex', '^([0-9a-f.:]+/[0-9]+( [0-9a-f.:]+/[0-9]+){0,49})?$')), name='organization_allows_known_networks'),
        ),
    ]
