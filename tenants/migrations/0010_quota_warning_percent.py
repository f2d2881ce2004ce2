# Expand: a column with a default of the database's own, which the release before does not know.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0009_audit_arrivals'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='quota_warning_percent',
            field=models.PositiveSmallIntegerField(db_default=80, default=80, editable=False),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('quota_warning_percent__range', (1, 100))), name='organization_is_warned_at_a_percentage'),
        ),
    ]
