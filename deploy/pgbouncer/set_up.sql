-- What PgBouncer needs in the database: a role that looks up verifiers (auth_query), and how a session begins (connect_query).
-- A superuser runs it in the database, after the first `manage.py migrate`, and again where it changed or the server is another
-- one (a restored database): what is there stays. The prefix is WORKIX_ROLE_PREFIX:
--   psql --dbname workix --set prefix=workix --set password='…' --file deploy/pgbouncer/set_up.sql
-- The same password goes to userlist.txt, which only PgBouncer may read: "workix_pgbouncer" "…"
\set ON_ERROR_STOP on
\set lookup :prefix _pgbouncer
\set control :prefix _control
\set tenants :prefix _tenants
BEGIN;
SELECT format('CREATE ROLE %I', :'lookup') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'lookup') \gexec
ALTER ROLE :"lookup" LOGIN NOINHERIT PASSWORD :'password';
GRANT CONNECT ON DATABASE :"DBNAME" TO :"lookup";
CREATE SCHEMA IF NOT EXISTS pgbouncer;
GRANT USAGE ON SCHEMA pgbouncer TO :"lookup", :"control", :"tenants";

-- The SCRAM verifier of the control role, or of an organization's role; of nobody else.
CREATE OR REPLACE FUNCTION pgbouncer.verifier_of(role text, OUT name text, OUT verifier text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT rolname, rolpassword FROM pg_authid AS r
     WHERE rolname = role AND rolcanlogin AND NOT (rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication)
       AND (rolname = current_setting('pgbouncer.prefix') || '_control'
            OR EXISTS (SELECT FROM pg_auth_members JOIN pg_roles AS g ON g.oid = roleid
                        WHERE member = r.oid AND g.rolname = current_setting('pgbouncer.prefix') || '_tenants'))
$$;
ALTER FUNCTION pgbouncer.verifier_of SET pgbouncer.prefix = :'prefix';
REVOKE ALL ON FUNCTION pgbouncer.verifier_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pgbouncer.verifier_of TO :"lookup";

-- What start-up options pin on a direct connection; PgBouncer takes none, and sends no query longer than 500 bytes itself.
-- "$user" is an organization's schema, which has the name of its role; the control role has none, and finds public.
CREATE OR REPLACE FUNCTION pgbouncer.begin_session() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_unlock_all();
    PERFORM pg_catalog.set_config('search_path', '"$user", public, pg_temp', false),
           pg_catalog.set_config('statement_timeout', '30s', false),
           pg_catalog.set_config('lock_timeout', '5s', false),
           pg_catalog.set_config('idle_in_transaction_session_timeout', '30s', false),
           pg_catalog.set_config('work_mem', '16MB', false),
           pg_catalog.set_config('TimeZone', 'UTC', false),
           pg_catalog.set_config('default_transaction_read_only', 'off', false),
           pg_catalog.set_config('default_transaction_deferrable', 'off', false),
           pg_catalog.set_config('default_transaction_isolation', 'read committed', false),
           pg_catalog.set_config('exit_on_error', 'off', false),
           pg_catalog.set_config('idle_session_timeout', '0', false),
           pg_catalog.set_config('row_security', 'on', false),
           pg_catalog.set_config('transform_null_equals', 'off', false),
           pg_catalog.set_config('client_encoding', 'UTF8', false),
           pg_catalog.set_config('DateStyle', 'ISO,MDY', false),
           pg_catalog.set_config('IntervalStyle', 'postgres', false),
           pg_catalog.set_config('bytea_output', 'hex', false),
           pg_catalog.set_config('extra_float_digits', '1', false),
           pg_catalog.set_config('array_nulls', 'on', false),
           pg_catalog.set_config('backslash_quote', 'safe_encoding', false),
           pg_catalog.set_config('standard_conforming_strings', 'on', false),
           pg_catalog.set_config('quote_all_identifiers', 'off', false);
END $$;
REVOKE ALL ON FUNCTION pgbouncer.begin_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pgbouncer.begin_session TO :"lookup", :"control", :"tenants";
COMMIT;
