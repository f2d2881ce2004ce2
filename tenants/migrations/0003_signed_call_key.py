
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0002_rename_blueprint_and_directory'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedCallKey',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('inner_key', models.BinaryField()),
                ('outer_key', models.BinaryField()),
            ],
            options={
                'db_table': 'signed_call_key',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_signed_call_key')],
            },
        ),
    ]
