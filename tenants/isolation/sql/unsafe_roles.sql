-- Roles that requests, the worker and the watchdog run as, and that hold more privilege than they should: one row a reason.
WITH ours AS (
    SELECT r.* FROM pg_catalog.pg_roles AS r
     WHERE r.rolname IN (%(control)s, %(sequencer)s, %(watchdog)s) OR r.rolname IN (SELECT schema_name FROM public.organizations WHERE deleted_at IS NULL))
SELECT ours.rolname, 'is a superuser, may make roles or databases, replicates or bypasses row security' FROM ours
 WHERE rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
UNION ALL
SELECT ours.rolname, 'is a member of a role other than the tenants'' group' FROM ours
  JOIN pg_catalog.pg_auth_members AS m ON m.member = ours.oid JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid
 WHERE g.rolname <> %(group)s AND NOT (ours.rolname = %(watchdog)s AND g.rolname = ANY (%(memberships)s))
UNION ALL
SELECT ours.rolname, 'owns something' FROM ours
 WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_class AS c WHERE c.relowner = ours.oid)
    OR EXISTS (SELECT 1 FROM pg_catalog.pg_proc AS p WHERE p.proowner = ours.oid)
    OR EXISTS (SELECT 1 FROM pg_catalog.pg_namespace AS n WHERE n.nspowner = ours.oid)
UNION ALL
SELECT ours.rolname, 'may make temporary tables or schemas in this database' FROM ours
 WHERE has_database_privilege(ours.oid, current_database(), 'TEMP, CREATE')
UNION ALL
SELECT ours.rolname, 'may create objects in public or in its own schema' FROM ours
 WHERE has_schema_privilege(ours.oid, 'public', 'CREATE')
    OR coalesce(has_schema_privilege(ours.oid, to_regnamespace(ours.rolname), 'CREATE'), false)
