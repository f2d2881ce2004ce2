# Expand: tables that the release before does not know.

import django.db.models.deletion
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0018_passkeys'),
    ]

    operations = [
        migrations.CreateModel(
            name='IdentityProvider',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=100)),
                ('protocol', models.CharField(choices=[('oidc', 'OpenID Connect'), ('saml', 'SAML 2.0')], default='oidc', editable=False, max_length=10)),
                ('is_enabled', models.BooleanField(default=False)),
                ('settings', models.JSONField(default=dict)),
                ('encrypted_secret', models.TextField(blank=True, default='')),
                ('domains', models.TextField(blank=True, default='')),
                ('is_authoritative', models.BooleanField(default=False)),
                ('creates_people', models.BooleanField(default=False)),
                ('default_role', models.CharField(choices=[('admin', 'Admin'), ('user', 'User'), ('viewer', 'Viewer')], default='user', max_length=10)),
                ('group_roles', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'db_table': 'identity_providers',
                'ordering': ('created_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('protocol__in', ['oidc', 'saml'])), name='identity_provider_speaks_a_known_protocol'), models.CheckConstraint(condition=models.Q(('default_role__in', ['user', 'viewer'])), name='nobody_is_an_admin_by_default')],
            },
        ),
        migrations.CreateModel(
            name='ExternalIdentity',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('subject', models.CharField(max_length=255)),
                ('last_used_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_identities', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='accounts.identityprovider')),
            ],
            options={
                'db_table': 'external_identities',
                'ordering': ('created_at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('provider', 'subject'), name='external_identity_once'), models.UniqueConstraint(fields=('provider', 'user'), name='external_identity_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='SignOn',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('purpose', models.CharField(choices=[('pages', 'Pages'), ('code', 'One-time code for a front-end'), ('test', 'Test by an admin')], default='pages', max_length=10)),
                ('state_hash', models.CharField(max_length=64)),
                ('browser_hash', models.CharField(max_length=64)),
                ('return_to', models.CharField(default='', max_length=500)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('code_challenge', models.CharField(default='', max_length=43)),
                ('code_hash', models.CharField(max_length=64, null=True)),
                ('code_expires_at', models.DateTimeField(null=True)),
                ('redeemed_at', models.DateTimeField(null=True)),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ons', to='accounts.identityprovider')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'sign_ons',
                'indexes': [models.Index(fields=['expires_at'], name='sign_on_by_expiry')],
                'constraints': [models.UniqueConstraint(fields=('state_hash',), name='sign_on_once')],
            },
        ),
    ]
