"""Expand: units can be held for a while (release before: knows no table of them)."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0004_attempts_have_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuotaReservation',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('organization_id', models.UUIDField()),
                ('resource', models.CharField(max_length=50)),
                ('period_starts_on', models.DateField()),
                ('amount', models.PositiveIntegerField()),
                ('committed', models.PositiveIntegerField(default=0)),
                ('actor_type', models.CharField(max_length=20)),
                ('actor_id', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(help_text='Empty while they are held.', max_length=10)),
            ],
            options={
                'db_table': 'quota_reservations',
                'constraints': [models.CheckConstraint(condition=Q(committed__lte=F('amount')), name='no_more_is_committed_than_was_reserved')],
                'indexes': [
                    models.Index(condition=Q(ended_at__isnull=True), fields=['organization_id', 'resource', 'expires_at'], name='reservations_held'),
                    models.Index(fields=['ended_at'], name='reservation_by_end'),
                ],
            },
        ),
    ]
