# Expand: columns with defaults of the database, which the release before does not know.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0019_identity_providers'),
    ]

    operations = [
        migrations.AddField(
            model_name='securitypolicy',
            name='break_glass_admins',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='securitypolicy',
            name='single_sign_on_only',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
