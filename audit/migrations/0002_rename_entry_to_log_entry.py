from django.db import migrations, models

from workix.core.migration_operations import rename_index, rename_table

# The trigger follows every table it is on; the function it calls is renamed once, in `public` (audit/sql).
RENAME_TRIGGERS = """
DO $rename$
DECLARE
    audited regclass;
BEGIN
    FOR audited IN SELECT tgrelid::regclass FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                  WHERE relnamespace = current_schema()::regnamespace AND tgname = '{old}'
    LOOP
        EXECUTE format('ALTER TRIGGER {old} ON %s RENAME TO {new}', audited);
    END LOOP;
END
$rename$"""

SOURCE = [
    "ALTER TABLE audit_logs RENAME COLUMN witnessed TO source",
    "ALTER TABLE audit_logs ALTER COLUMN source DROP DEFAULT",
    "ALTER TABLE audit_logs ALTER COLUMN source TYPE varchar(20) USING CASE WHEN source THEN 'trigger' ELSE 'application' END",
    "ALTER TABLE audit_logs ALTER COLUMN source SET DEFAULT (CASE WHEN pg_trigger_depth() > 0 THEN 'trigger' ELSE 'application' END)",
]
SOURCE_AS_BEFORE = [
    "ALTER TABLE audit_logs ALTER COLUMN source DROP DEFAULT",
    "ALTER TABLE audit_logs ALTER COLUMN source TYPE boolean USING source = 'trigger'",
    "ALTER TABLE audit_logs ALTER COLUMN source SET DEFAULT (pg_trigger_depth() > 0)",
    "ALTER TABLE audit_logs RENAME COLUMN source TO witnessed",
]


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(RENAME_TRIGGERS.format(old='witness', new='audit_row_change'), RENAME_TRIGGERS.format(old='audit_row_change', new='witness')),
        migrations.RenameModel('Entry', 'LogEntry'),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SOURCE, SOURCE_AS_BEFORE)],
            state_operations=[
                migrations.RenameField('LogEntry', 'witnessed', 'source'),
                migrations.AlterField('LogEntry', 'source', models.CharField(db_default=models.Func(output_field=models.CharField(), template="(CASE WHEN pg_trigger_depth() > 0 THEN 'trigger' ELSE 'application' END)"), max_length=20)),
            ],
        ),
        # The model moves to workix.api; its table is renamed here, where every schema that has it comes by.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                rename_table('answers', 'idempotency_keys'),
                rename_index('answer_by_time', 'idempotency_key_by_time'),
            ],
            state_operations=[migrations.DeleteModel('Answer')],
        ),
    ]
