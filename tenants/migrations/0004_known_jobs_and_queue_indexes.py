# Expand: a table and indexes, which the release before does not use.
import workix.core.models
from django.db import migrations, models

# A fetch and an enqueue read what one organization has waiting, in the order it is served, and nothing of the others.
_WAITING = """
    CREATE INDEX procrastinate_jobs_waiting_of_an_organization ON procrastinate_jobs
        (coalesce(args ->> 'organization_id', ''), coalesce(scheduled_at, '-infinity'::timestamptz), id)
     WHERE status = 'todo'"""
_ENDED = """
    CREATE INDEX procrastinate_jobs_that_ended ON procrastinate_jobs (id)
     WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')"""


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0003_signed_call_key'),
        ('procrastinate', '0041_post_retry_failed_job'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownJob',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=128)),
                ('queue', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'known_jobs',
                'constraints': [models.UniqueConstraint(fields=('name', 'queue'), name='known_job_once')],
            },
        ),
        migrations.RunSQL(_WAITING, 'DROP INDEX procrastinate_jobs_waiting_of_an_organization'),
        migrations.RunSQL(_ENDED, 'DROP INDEX procrastinate_jobs_that_ended'),
    ]
