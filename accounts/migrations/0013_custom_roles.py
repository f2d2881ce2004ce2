# Expand: two tables that the release before does not use.

import django.db.models.deletion
import django.db.models.functions.text
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_former_passwords'),
    ]

    operations = [
        migrations.CreateModel(
            name='CustomRole',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=100)),
                ('description', models.CharField(blank=True, default='', max_length=500)),
                ('permissions', models.TextField()),
            ],
            options={
                'db_table': 'roles',
                'ordering': ('name', 'id'),
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='role_once_per_name')],
            },
        ),
        migrations.CreateModel(
            name='RoleMember',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=100)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='accounts.customrole')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='role_members', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'role_members',
                'ordering': ('created_at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('user', 'role'), name='role_once_per_person')],
            },
        ),
    ]
