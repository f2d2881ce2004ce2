# Expand: a column that the release before does not know, and what holds for it.
from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q, Value


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0012_isolation_proofs'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='sandbox_expires_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(condition=models.Q(('sandbox_expires_at__isnull', False)), fields=['sandbox_expires_at'], name='sandboxes_by_their_end'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(
                condition=Q(sandbox_expires_at__isnull=True)
                | Q(slug__startswith='sandbox-', plan='free', sandbox_expires_at__lte=F('created_at') + Value(timedelta(days=1))),
                name='sandbox_is_free_and_ends_within_a_day',
            ),
        ),
    ]
