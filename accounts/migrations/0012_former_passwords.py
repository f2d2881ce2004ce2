# Expand: a table, and a column with a default of the database's own, which the release before does not know.
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import workix.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_security_policies'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='password_changed_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False),
        ),
        migrations.CreateModel(
            name='FormerPassword',
            fields=[
                ('id', models.UUIDField(default=workix.core.models.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('password', models.CharField(db_column='password_hash', max_length=255)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_passwords', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'former_passwords',
                'ordering': ('-created_at', '-id'),
            },
        ),
    ]
