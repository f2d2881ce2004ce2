
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_rename_mailed_tokens_to_email_tokens'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='emailtoken',
            index=models.Index(fields=['expires_at'], name='email_token_by_expiry'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['expires_at'], name='session_by_expiry'),
        ),
    ]
