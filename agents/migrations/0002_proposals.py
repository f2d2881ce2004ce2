# Expand: two tables that the release before does not know.

import accounts.models.user
import django.db.models.deletion
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agents', '0001_agents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalPolicy',
            fields=[
                ('organization_id', models.UUIDField(default=accounts.models.user.organization_in_scope, editable=False, primary_key=True, serialize=False)),
                ('rules', models.JSONField()),
                ('four_eyes', models.BooleanField(db_default=False, default=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'db_table': 'approval_policies',
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('method', models.CharField(max_length=10)),
                ('path', models.TextField()),
                ('query', models.TextField(blank=True, default='')),
                ('content_type', models.TextField(blank=True, default='')),
                ('encrypted_body', models.TextField(blank=True, default='')),
                ('idempotency_key', models.TextField(blank=True, default='')),
                ('call_key', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('run_id', models.CharField(blank=True, default='', max_length=64)),
                ('step_id', models.CharField(blank=True, default='', max_length=64)),
                ('changes', models.JSONField()),
                ('why', models.JSONField()),
                ('status', models.CharField(choices=[('pending', 'Waits for approval'), ('approved', 'Approved, not done yet'), ('executed', 'Approved and done'), ('failed', 'Approved, refused when it was done'), ('refused', 'Refused'), ('expired', 'Expired'), ('stale', 'Out of date'), ('dropped', 'Dropped, since its agent was stopped')], default='pending', max_length=10)),
                ('expires_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('word', models.CharField(blank=True, default='', max_length=500)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('answer_status', models.PositiveSmallIntegerField(null=True)),
                ('agent', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='agents.agent')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'proposals',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['created_at'], name='proposal_by_time'), models.Index(fields=['agent', 'status', '-created_at'], name='proposal_by_agent'), models.Index(fields=['status', '-created_at'], name='proposal_by_status')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('pending', 'approved'))), fields=('agent', 'call_key'), name='one_open_proposal_per_call'), models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'approved', 'executed', 'failed', 'refused', 'expired', 'stale', 'dropped'])), name='proposal_has_a_known_status'), models.CheckConstraint(condition=models.Q(('status__in', ('pending', 'approved')), ('encrypted_body', ''), _connector='OR'), name='decided_proposal_has_no_body')],
            },
        ),
    ]
