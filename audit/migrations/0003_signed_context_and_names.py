from django.db import migrations, models

# A column with a default that is another for each row would rewrite the table: what is there keeps none.
SALT = [
    "ALTER TABLE audit_logs ADD COLUMN salt uuid NULL",
    "ALTER TABLE audit_logs ALTER COLUMN salt SET DEFAULT (gen_random_uuid())",
]
# Going forward, the roll-out makes triggers for each statement of those for each row. Going back, the release before knows
# only these: who made the columns that the newer ones write has to be gone first.
ROW_TRIGGERS = """
DO $rows$
DECLARE
    each record;
BEGIN
    FOR each IN SELECT tgrelid::regclass AS audited, tgname AS name, string_to_array(encode(tgargs, 'escape'), '\\000') AS arguments
                  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                 WHERE relnamespace = current_schema()::regnamespace
                   AND tgname IN ('audit_insert', 'audit_update', 'audit_delete', 'set_event_actor')
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', each.name, each.audited);
        IF each.name = 'audit_insert' THEN
            EXECUTE format('CREATE TRIGGER audit_row_change AFTER INSERT OR DELETE OR UPDATE ON %s'
                           ' FOR EACH ROW EXECUTE FUNCTION public.audit_row_change(%L, %L, %L)',
                           each.audited, each.arguments[1], each.arguments[2], each.arguments[3]);
        END IF;
    END LOOP;
END
$rows$"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_rename_entry_to_log_entry'),
    ]

    operations = [
        migrations.AddField('LogEntry', 'resource_label', models.CharField(db_default='', max_length=255)),
        migrations.AddField('LogEntry', 'is_verified', models.BooleanField(null=True)),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SALT, 'ALTER TABLE audit_logs DROP COLUMN salt')],
            state_operations=[migrations.AddField('LogEntry', 'salt', models.UUIDField(db_default=models.Func(function='gen_random_uuid'), null=True))],
        ),
        migrations.RunSQL(migrations.RunSQL.noop, ROW_TRIGGERS),
    ]
