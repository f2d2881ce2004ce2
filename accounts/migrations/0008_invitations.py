# Expand: a table that the release before does not use.

import django.db.models.deletion
import django.db.models.functions.text
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_api_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('email', models.EmailField(max_length=255)),
                ('first_name', models.CharField(blank=True, default='', max_length=100)),
                ('last_name', models.CharField(blank=True, default='', max_length=100)),
                ('role', models.CharField(choices=[('admin', 'Admin'), ('user', 'User'), ('viewer', 'Viewer')], default='user', max_length=10)),
                ('status', models.CharField(choices=[('pending', 'Pending'), ('accepted', 'Accepted'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='pending', max_length=10)),
                ('token_hash', models.CharField(default='', help_text='Empty until the mail is sent.', max_length=64)),
                ('expires_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('ended_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'invitations',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(fields=['created_at', 'id'], name='invitation_by_time'), models.Index(fields=['status', 'created_at', 'id'], name='invitation_by_status'), models.Index(fields=['ended_at'], name='invitation_by_end')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('email',), name='invitation_once_per_address'), models.CheckConstraint(condition=models.Q(('role__in', ['admin', 'user', 'viewer'])), name='invitation_has_a_known_role'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_email_is_lower_case'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'pending'), ('ended_at__isnull', True)), models.Q(('status__in', ['accepted', 'withdrawn', 'expired']), ('ended_at__isnull', False)), _connector='OR'), name='invitation_is_pending_or_has_ended')],
            },
        ),
    ]
