# Expand: a column with a default of the database's own, which the release before does not know.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0007_allowed_networks'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='allows_switching',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
