-- The audit trigger of earlier releases, for each row: it serves the schemas that the roll-out has not come to yet, and those
-- that were migrated back. The next release drops it. What each schema gets is audit_changed_rows.sql.

-- An earlier release called it witness; the triggers of every schema follow the function to its new name.
DO $$ BEGIN
    IF to_regprocedure('public.witness()') IS NOT NULL AND to_regprocedure('public.audit_row_change()') IS NULL THEN
        ALTER FUNCTION public.witness() RENAME TO audit_row_change;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION public.audit_row_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    secret  text[] := string_to_array(TG_ARGV[1], ',');
    silent  text[] := string_to_array(TG_ARGV[2], ',');
    before  jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    after   jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    context jsonb := CASE WHEN public.context_is_verified() THEN substr(current_setting('workix.context'), 65)
                          ELSE '{"actor_type": "database"}' END;
    changes jsonb;
    verb    text;
BEGIN
    SELECT jsonb_object_agg(key, CASE WHEN key = ANY (secret) THEN '["[redacted]", "[redacted]"]'
                                      ELSE jsonb_build_array(before -> key, after -> key) END)
      INTO changes
      FROM jsonb_object_keys(before || after) AS key
     WHERE key <> ALL (silent) AND coalesce(before -> key, 'null') <> coalesce(after -> key, 'null');
    IF changes IS NULL AND TG_OP = 'UPDATE' THEN
        RETURN NULL;
    END IF;
    verb := CASE
        WHEN TG_OP = 'INSERT' THEN 'created'
        WHEN TG_OP = 'DELETE' THEN 'deleted'
        WHEN before ->> 'deleted_at' IS NULL AND after ->> 'deleted_at' IS NOT NULL THEN 'deleted'
        ELSE 'updated' END;
    EXECUTE format(
        'INSERT INTO %I.audit_logs (user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id,
                                    changes, reason, ip_address, user_agent, request_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', TG_TABLE_SCHEMA)
    USING (context ->> 'user_id')::uuid,
          context ->> 'actor_type',
          (context ->> 'actor_id')::uuid,
          coalesce(context ->> 'actor_label', ''),
          TG_ARGV[0] || '.' || verb,
          TG_ARGV[0],
          coalesce(after ->> 'id', before ->> 'id', ''),
          coalesce(changes, '{}'),
          coalesce(context ->> 'reason', ''),
          coalesce(context ->> 'ip_address', ''),
          coalesce(context ->> 'user_agent', ''),
          coalesce(context ->> 'request_id', '');
    RETURN NULL;
END
$$;
