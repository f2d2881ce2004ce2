
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quotas', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuotaMovement',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('organization_id', models.UUIDField()),
                ('resource', models.CharField(max_length=50)),
                ('period_starts_on', models.DateField()),
                ('amount', models.PositiveIntegerField()),
                ('given_back', models.PositiveIntegerField(default=0)),
                ('actor_type', models.CharField(max_length=20)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_label', models.CharField(max_length=255)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('released_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'quota_movements',
            },
        ),
        migrations.RemoveConstraint(
            model_name='quota',
            name='quota_used_is_not_negative',
        ),
        migrations.RemoveConstraint(
            model_name='quota',
            name='quota_reserved_is_not_negative',
        ),
        migrations.AlterField(
            model_name='pastusage',
            name='resource',
            field=models.CharField(max_length=50),
        ),
        migrations.AlterField(
            model_name='quota',
            name='period',
            field=models.CharField(max_length=10),
        ),
        migrations.AlterField(
            model_name='quota',
            name='resource',
            field=models.CharField(max_length=50),
        ),
        migrations.AddIndex(
            model_name='quotamovement',
            index=models.Index(fields=['organization_id', 'resource', 'created_at'], name='movements_of_a_quota'),
        ),
        migrations.AddConstraint(
            model_name='quotamovement',
            constraint=models.CheckConstraint(condition=models.Q(('given_back__lte', models.F('amount'))), name='no_more_is_given_back_than_was_taken'),
        ),
    ]
