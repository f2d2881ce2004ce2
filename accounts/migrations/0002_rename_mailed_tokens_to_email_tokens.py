import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workix.core.migration_operations import rename_constraint, rename_table


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                rename_table('mailed_tokens', 'email_tokens'),
                rename_constraint('email_tokens', 'mailed_token_once', 'email_token_once'),
            ],
            state_operations=[
                migrations.RenameModel('MailedToken', 'EmailToken'),
                migrations.AlterModelTable('EmailToken', 'email_tokens'),
                migrations.AlterField('EmailToken', 'user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='email_tokens', to=settings.AUTH_USER_MODEL)),
                migrations.RemoveConstraint('EmailToken', 'mailed_token_once'),
                migrations.AddConstraint('EmailToken', models.UniqueConstraint(fields=('token_hash',), name='email_token_once')),
            ],
        ),
    ]
