from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0002_rename_entry_to_log_entry'),  # which made the table, as an app of its own had it before
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='IdempotencyKey',
                    fields=[
                        ('id', models.CharField(help_text='Keyed hash of the actor and the key.', max_length=64, primary_key=True, serialize=False)),
                        ('fingerprint', models.CharField(max_length=64)),
                        ('status', models.PositiveSmallIntegerField(null=True)),
                        ('headers', models.JSONField()),
                        ('body', models.TextField()),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'db_table': 'idempotency_keys',
                        'indexes': [models.Index(fields=['created_at'], name='idempotency_key_by_time')],
                    },
                ),
            ],
        ),
    ]
