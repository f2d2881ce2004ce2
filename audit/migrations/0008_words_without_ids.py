"""Expand: ids are no words of the search. The index is made anew: writes to a trail wait meanwhile, as with 0006."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_prunings'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='logentry',
            name='audit_by_words',
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(output_field=django.contrib.postgres.search.SearchVectorField(), template='(to_tsvector(\'simple\', actor_label || \' \' || action || \' \' || resource_type || \' \' || resource_label || \' \' || ip_address || \' \' || reason || \' \' || CASE WHEN length(resource_id) = 36 THEN \'\' ELSE resource_id END || \' \' || translate(actor_label || \' \' || action || \' \' || resource_label, \'@._-\', \'    \')) || CASE WHEN length(changes::text) > 100000 THEN to_tsvector(\'simple\', left(changes::text, 100000)) ELSE jsonb_to_tsvector(\'simple\', changes, \'["all"]\') END)'), name='audit_by_words'),
        ),
    ]
