"""Expand: run, step, and for whom an agent acted. No row is rewritten; writes to a trail wait while it is read once, for two
indexes of nothing yet, as with 0006.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0008_words_without_ids'),
    ]

    operations = [
        migrations.AddField('LogEntry', 'run_id', models.CharField(db_default='', max_length=64)),
        migrations.AddField('LogEntry', 'step_id', models.CharField(db_default='', max_length=64)),
        migrations.AddField('LogEntry', 'on_behalf_of', models.UUIDField(null=True)),
        migrations.AddIndex('LogEntry', models.Index(condition=models.Q(('run_id', ''), _negated=True), fields=['run_id', 'created_at'], name='audit_by_run')),
        migrations.AddIndex('LogEntry', models.Index(condition=models.Q(('on_behalf_of__isnull', False)), fields=['on_behalf_of', '-created_at'], name='audit_by_owner')),
    ]
