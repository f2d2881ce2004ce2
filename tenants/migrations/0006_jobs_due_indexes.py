# Expand: indexes, which the release before does not use.
from django.db import migrations

# Whoever has a job that was never put off, and who has one whose time has come: the others are not passed by one by one.
_NEW = """
    CREATE INDEX procrastinate_jobs_new ON procrastinate_jobs (coalesce(args ->> 'organization_id', ''))
     WHERE status = 'todo' AND scheduled_at IS NULL"""
_PUT_OFF = """
    CREATE INDEX procrastinate_jobs_put_off ON procrastinate_jobs (scheduled_at)
     WHERE status = 'todo' AND scheduled_at IS NOT NULL"""


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0005_allowed_origins'),
    ]

    operations = [
        migrations.RunSQL(_NEW, 'DROP INDEX procrastinate_jobs_new'),
        migrations.RunSQL(_PUT_OFF, 'DROP INDEX procrastinate_jobs_put_off'),
    ]
