from django.db import migrations, models

from workix.core.migration_operations import rename_constraint, rename_table


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                rename_table('blueprint', 'schema_template'),
                rename_constraint('schema_template', 'there_is_one_blueprint', 'there_is_one_schema_template'),
            ],
            state_operations=[
                migrations.RenameModel('Blueprint', 'SchemaTemplate'),
                migrations.AlterModelTable('SchemaTemplate', 'schema_template'),
                migrations.RemoveConstraint('SchemaTemplate', 'there_is_one_blueprint'),
                migrations.AddConstraint('SchemaTemplate', models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_schema_template')),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                rename_constraint('directory', 'directory_line_once_per_organization', 'address_once_per_organization'),
                rename_table('directory', 'email_index'),
            ],
            state_operations=[
                migrations.RenameModel('DirectoryLine', 'EmailIndexEntry'),
                migrations.AlterModelTable('EmailIndexEntry', 'email_index'),
                migrations.RemoveConstraint('EmailIndexEntry', 'directory_line_once_per_organization'),
                migrations.AddConstraint('EmailIndexEntry', models.UniqueConstraint(fields=('address_hash', 'organization_id'), name='address_once_per_organization')),
            ],
        ),
    ]
