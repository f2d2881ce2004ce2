# Expand: a table that the release before does not know.
import accounts.models.user
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_mailbox_proofs'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecurityPolicy',
            fields=[
                ('organization_id', models.UUIDField(default=accounts.models.user.organization_in_scope, editable=False, primary_key=True, serialize=False)),
                ('password_length', models.PositiveSmallIntegerField(db_default=15, default=15)),
                ('password_history', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('password_lifetime_days', models.PositiveSmallIntegerField(null=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'db_table': 'security_policies',
                'constraints': [models.CheckConstraint(condition=models.Q(('password_length__range', (8, 64))), name='password_length_is_reasonable'), models.CheckConstraint(condition=models.Q(('password_history__range', (0, 10))), name='password_history_is_short'), models.CheckConstraint(condition=models.Q(('password_lifetime_days__range', (1, 3650))), name='password_lifetime_is_a_number_of_days')],
            },
        ),
    ]
