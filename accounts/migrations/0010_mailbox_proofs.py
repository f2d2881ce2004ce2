# Expand: columns with a default of the database's own, which the release before does not know.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_cookie_mode_of_sessions'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='mailbox_proof',
            field=models.CharField(db_default='', default='', editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='emailtoken',
            name='mailbox_proof',
            field=models.CharField(db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='session',
            name='mailbox_proof',
            field=models.CharField(db_default='', default='', max_length=64),
        ),
    ]
