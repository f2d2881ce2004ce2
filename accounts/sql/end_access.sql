-- Trigger: a changed credential ends sessions, links of e-mails and log-ins that wait. See accounts/credentials.py.
-- It works in the schema of the row, with the rights of whoever changes it: that role may end sessions there anyway.

CREATE OR REPLACE FUNCTION public.end_access() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept text := coalesce(current_setting('workix.kept_session', true), '');
BEGIN
    IF (OLD.password_hash, OLD.email, OLD.role, OLD.is_active, OLD.deleted_at IS NULL, OLD.organization_id)
       IS NOT DISTINCT FROM
       (NEW.password_hash, NEW.email, NEW.role, NEW.is_active, NEW.deleted_at IS NULL, NEW.organization_id)
       OR kept = 'all' THEN
        RETURN NULL;
    END IF;
    EXECUTE format('UPDATE %I.sessions SET ended_at = clock_timestamp() WHERE user_id = $1 AND ended_at IS NULL AND id::text <> $2',
                   TG_TABLE_SCHEMA) USING NEW.id, kept;
    EXECUTE format('UPDATE %I.email_tokens SET used_at = clock_timestamp() WHERE user_id = $1 AND used_at IS NULL',
                   TG_TABLE_SCHEMA) USING NEW.id;
    -- A schema that is not migrated yet has no such table; in that time its people have no second factor either.
    BEGIN
        EXECUTE format('UPDATE %I.login_challenges SET used_at = clock_timestamp() WHERE user_id = $1 AND used_at IS NULL',
                       TG_TABLE_SCHEMA) USING NEW.id;
    EXCEPTION WHEN undefined_table THEN
        NULL;
    END;
    RETURN NULL;
END
$$;
