from django.db import migrations, models

PRESENT = models.Q(deleted_at__isnull=True)
ONCE = 'user_once_per_address'


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_canonical_addresses'),
    ]

    operations = [
        migrations.AddIndex('User', models.Index(fields=['created_at', 'id'], condition=PRESENT, name='user_by_time')),
        migrations.AddIndex('User', models.Index(fields=['first_name', 'id'], condition=PRESENT, name='user_by_first_name')),
        migrations.AddIndex('User', models.Index(fields=['last_name', 'id'], condition=PRESENT, name='user_by_last_name')),
        migrations.AddIndex('User', models.Index(fields=['role', 'id'], condition=PRESENT, name='user_by_role')),
        migrations.AddIndex('User', models.Index(fields=['is_active', 'id'], condition=PRESENT, name='user_by_activity')),
        migrations.AddIndex('User', models.Index(fields=['last_login', 'id'], condition=PRESENT, name='user_by_last_login')),
        # Addresses are lower case by a CHECK: the same rule, by an index that a look-up by the address uses.
        migrations.RemoveConstraint('User', ONCE),
        migrations.AddConstraint('User', models.UniqueConstraint(fields=['email'], condition=PRESENT, name=ONCE)),
    ]
