# Expand: a column that may be null, which the release before does not know.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0020_single_sign_on_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='signon',
            name='begun_in',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='signon',
            name='purpose',
            field=models.CharField(choices=[('pages', 'Pages'), ('code', 'One-time code for a front-end'), ('test', 'Test by an admin'), ('step_up', 'Step-up of a session')], default='pages', max_length=10),
        ),
    ]
