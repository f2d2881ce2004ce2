-- Hardening of pg_catalog: what only a superuser may REVOKE; run at set-up where there is one, reported where there is none.
-- A running Django needs none of this; every line took something from an attacker inside one organization.
-- The owner keeps everything: migrations, the schema template and check_isolation read the catalogs.
-- It changes only what is still open: run again, it takes no lock and writes nothing.

DO $harden$
DECLARE
    each record;
BEGIN
    -- No DO block, and no function made here.
    FOR each IN SELECT lanname FROM pg_catalog.pg_language WHERE lanname IN ('plpgsql', 'sql') LOOP
        IF pg_catalog.has_language_privilege('public', each.lanname, 'USAGE')
           OR NOT pg_catalog.has_language_privilege({owner_name}, each.lanname, 'USAGE') THEN
            EXECUTE format('REVOKE USAGE ON LANGUAGE %I FROM PUBLIC', each.lanname);
            EXECUTE format('GRANT USAGE ON LANGUAGE %I TO %I', each.lanname, {owner_name});
        END IF;
    END LOOP;
    -- Only the owner's own limits on temporary files hold against a role that may lift all its others.
    IF NOT pg_catalog.has_parameter_privilege({owner_name}, 'temp_file_limit', 'SET') THEN
        EXECUTE format('GRANT SET ON PARAMETER temp_file_limit TO %I', {owner_name});
    END IF;
    -- Functions that set the session, wait, signal, lock across sessions, run SQL given as text, read sizes,
    -- statistics, definitions or privileges of others, or write where a schema's grants do not reach.
    FOR each IN
        SELECT p.oid::regprocedure AS signature FROM pg_catalog.pg_proc AS p
         WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a', 'w')
           AND p.proname = ANY ({functions})
           AND pg_catalog.has_function_privilege('public', p.oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', each.signature);
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %I', each.signature, {owner_name});
    END LOOP;
    -- Catalogs: names, owners, sizes, statistics and activity of everybody.
    FOR each IN
        SELECT c.oid::regclass AS relation FROM pg_catalog.pg_class AS c
         WHERE c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
           AND c.relkind IN ('r', 'v')
           AND c.relname NOT IN ('pg_type', 'pg_range')
           AND (EXISTS (SELECT 1 FROM pg_catalog.aclexplode(c.relacl) AS a WHERE a.grantee = 0)
             OR EXISTS (SELECT 1 FROM pg_catalog.pg_attribute AS t, pg_catalog.aclexplode(t.attacl) AS a
                         WHERE t.attrelid = c.oid AND a.grantee = 0))
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', each.relation);
        EXECUTE format('GRANT SELECT ON %s TO %I', each.relation, {owner_name});
    END LOOP;
    -- What the control role's job worker calls, as its trigger functions run with its own rights. This comes last: until
    -- PUBLIC lost it above, the role had it as everybody has.
    IF NOT pg_catalog.has_function_privilege({control_name}, 'pg_catalog.pg_notify(text, text)', 'EXECUTE') THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION pg_catalog.pg_notify(text, text) TO %I', {control_name});
    END IF;
    -- What the watchdog looks at sessions with, and ends them. pg_ls_tmpdir() it has as a member of pg_monitor.
    FOR each IN
        SELECT p.oid::regprocedure AS signature FROM pg_catalog.pg_proc AS p
         WHERE p.pronamespace = 'pg_catalog'::regnamespace
           AND p.proname IN ('pg_stat_get_activity', 'pg_lock_status', 'pg_blocking_pids', 'pg_terminate_backend')
           AND NOT pg_catalog.has_function_privilege({watchdog_name}, p.oid, 'EXECUTE')
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', each.signature, {watchdog_name});
    END LOOP;
    FOR each IN
        SELECT c.oid::regclass AS relation FROM pg_catalog.pg_class AS c
         WHERE c.oid IN ('pg_catalog.pg_stat_activity'::regclass, 'pg_catalog.pg_locks'::regclass)
           AND NOT pg_catalog.has_table_privilege({watchdog_name}, c.oid, 'SELECT')
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO %I', each.relation, {watchdog_name});
    END LOOP;
END
$harden$;
