from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_signed_context_and_names'),
    ]

    operations = [
        migrations.AddIndex('LogEntry', models.Index(fields=['action', '-created_at'], name='audit_by_action')),
        migrations.AddIndex('LogEntry', models.Index(fields=['resource_type', '-created_at'], name='audit_by_type')),
        migrations.AddIndex('LogEntry', models.Index(fields=['resource_type', 'action', '-created_at'], name='audit_by_type_and_action')),
        # A thing is found by its id alone, and by its type and id too.
        migrations.RemoveIndex('LogEntry', 'audit_by_resource'),
        migrations.AddIndex('LogEntry', models.Index(fields=['resource_id', '-created_at'], name='audit_by_resource')),
    ]
