# Expand: columns that may be null or have a default of the database's own, which the release before does not know.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_invitations'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='in_cookie',
            field=models.BooleanField(help_text='Cookie mode, or token mode. Null: it has no refresh token, or is older.', null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='spent_hash',
            field=models.CharField(db_default='', default='', help_text='Keyed hash of the one that was spent last.', max_length=64),
        ),
        migrations.AddField(
            model_name='session',
            name='spent_by',
            field=models.CharField(db_default='', default='', help_text='Keyed hash of the client that spent it.', max_length=64),
        ),
        migrations.AddField(
            model_name='session',
            name='spent_at',
            field=models.DateTimeField(null=True),
        ),
    ]
