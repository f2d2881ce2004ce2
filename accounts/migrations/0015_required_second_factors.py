# Expand: a column that the release before leaves null, which is what it does.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0014_second_factors'),
    ]

    operations = [
        migrations.AddField(
            model_name='securitypolicy',
            name='second_factor_required_from',
            field=models.DateTimeField(null=True),
        ),
    ]
