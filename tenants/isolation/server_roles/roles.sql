-- Role attributes of each of the roles asked for: power it has, groups it is in, settings of its own, whether it owns
-- anything in this database, how it logs in, and which of its memberships say more than that it inherits.
-- Who owns something is looked for once, and not once for each role. Options of a membership there are since PostgreSQL 16.
WITH asked AS (SELECT r.* FROM pg_catalog.pg_roles AS r WHERE r.rolname = ANY (%s)),
owners (oid) AS (
    SELECT DISTINCT relowner FROM pg_catalog.pg_class
    UNION SELECT DISTINCT proowner FROM pg_catalog.pg_proc
    UNION SELECT DISTINCT nspowner FROM pg_catalog.pg_namespace)
SELECT r.rolname,
       array_remove(ARRAY[CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
                          CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolreplication THEN 'REPLICATION' END,
                          CASE WHEN rolbypassrls THEN 'BYPASSRLS' END], NULL),
       ARRAY(SELECT g.rolname::text FROM pg_catalog.pg_auth_members AS m JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid
              WHERE m.member = r.oid),
       ARRAY(SELECT unnest(setconfig) FROM pg_catalog.pg_db_role_setting AS s
              WHERE s.setrole = r.oid
                AND s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))),
       r.oid IN (SELECT oid FROM owners),
       (rolcanlogin, rolinherit, rolconnlimit)::text,
       ARRAY(SELECT g.rolname::text FROM pg_catalog.pg_auth_members AS m JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid
              WHERE m.member = r.oid
                AND (m.admin_option OR coalesce((to_jsonb(m) ->> 'set_option')::boolean, false)
                     OR NOT coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true)))
  FROM asked AS r ORDER BY 1
