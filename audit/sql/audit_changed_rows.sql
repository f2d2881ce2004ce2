-- The audit trigger: writes one entry into the trail of the schema it fires in for every row inserted, updated or deleted. It
-- fires once a statement, and reads the rows from its transition tables, some at once, so that there may be any number.
-- Who, in which request and why come from workix.context, where that was signed for this transaction (signed_context.sql);
-- where it was not, the line says that the database alone saw it, under which role.
--
-- What is of an agent or a run has three columns more (Note [Entries of a run] in audit/context.py), and a statement of its own:
-- while a roll-out is under way there are trails without these columns, and nobody who acts in a run. The next release drops
-- the other one.
--
-- It runs with the rights of whoever wrote the row, so it can write where they can and nowhere else.
-- Arguments: resource; secret columns, comma-separated; columns whose change alone is no act; up to two columns that name the row; key.
--
-- A statement whose text changes is planned each time, so the trail is found by search_path, which ends with the function.
-- Plans are kept, too, and nothing is joined: what is right for one row is not for thousands. PostgreSQL puts the old and the
-- new row of an update into their tables at the same time, but promises no order. Where each pair has one key, it is right;
-- where a key was changed, no other row may have had the new one.
CREATE OR REPLACE FUNCTION public.audit_changed_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    at_once constant integer := 5000;
    first    bigint := 0;
    key_name text := TG_ARGV[4];
    secret   text[] := string_to_array(TG_ARGV[1], ',');
    silent   text[] := string_to_array(TG_ARGV[2], ',');
    naming   text[] := string_to_array(TG_ARGV[3], ',');
    context  jsonb := '{"actor_type": "database"}';
    verified boolean := public.context_is_verified();
    befores  jsonb[];
    afters   jsonb[];
BEGIN
    IF verified THEN
        context := substr(current_setting('workix.context'), 65);
    END IF;
    EXECUTE format('SET LOCAL search_path = pg_catalog, %I, pg_temp', TG_TABLE_SCHEMA);
    LOOP
        IF TG_OP = 'INSERT' THEN
            SELECT array_agg(to_jsonb(line)) INTO afters FROM (SELECT n FROM new_rows AS n OFFSET first LIMIT at_once) AS part (line);
        ELSIF TG_OP = 'DELETE' THEN
            SELECT array_agg(to_jsonb(line)) INTO befores FROM (SELECT o FROM old_rows AS o OFFSET first LIMIT at_once) AS part (line);
        ELSE
            SELECT (SELECT array_agg(to_jsonb(line)) FROM (SELECT o FROM old_rows AS o OFFSET first LIMIT at_once) AS part (line)),
                   (SELECT array_agg(to_jsonb(line)) FROM (SELECT n FROM new_rows AS n OFFSET first LIMIT at_once) AS part (line))
              INTO befores, afters;
            IF cardinality(befores) > 1 AND EXISTS (
                SELECT before -> key_name FROM unnest(befores, afters) AS pair (before, after)
                 WHERE before -> key_name <> after -> key_name
                INTERSECT
                SELECT after -> key_name FROM unnest(befores, afters) AS pair (before, after)
                 WHERE before -> key_name <> after -> key_name)
            THEN
                RAISE feature_not_supported USING MESSAGE = 'rows of an audited table do not exchange keys in one statement';
            END IF;
        END IF;
        EXIT WHEN befores IS NULL AND afters IS NULL;
        IF context ? 'run_id' THEN
            INSERT INTO audit_logs (user_id, actor_type, actor_id, actor_label, reason, ip_address, user_agent, request_id,
                                    run_id, step_id, on_behalf_of, action, resource_type, resource_id, resource_label, changes, is_verified)
            SELECT (context ->> 'user_id')::uuid, context ->> 'actor_type', (context ->> 'actor_id')::uuid,
                   coalesce(context ->> 'actor_label', ''), coalesce(context ->> 'reason', ''),
                   coalesce(context ->> 'ip_address', ''), coalesce(context ->> 'user_agent', ''),
                   coalesce(context ->> 'request_id', ''),
                   context ->> 'run_id', context ->> 'step_id', (context ->> 'on_behalf_of')::uuid,
                   TG_ARGV[0] || CASE
                       WHEN TG_OP = 'INSERT' THEN '.created'
                       WHEN TG_OP = 'DELETE' THEN '.deleted'
                       WHEN before ->> 'deleted_at' IS NULL AND after ->> 'deleted_at' IS NOT NULL THEN '.deleted'
                       ELSE '.updated' END,
                   TG_ARGV[0], coalesce(coalesce(after, before) ->> key_name, ''),
                   left(concat_ws(' ', coalesce(after, before) ->> naming[1], coalesce(after, before) ->> naming[2]), 255),
                   coalesce(differences, '{}'), verified
              FROM unnest(befores, afters) AS pair (before, after), LATERAL (
                   SELECT jsonb_object_agg(key, CASE WHEN key = ANY (secret) THEN '["[redacted]", "[redacted]"]'
                                                     ELSE jsonb_build_array(before -> key, after -> key) END) AS differences
                     FROM jsonb_object_keys(coalesce(after, before)) AS key
                    WHERE key <> ALL (silent)
                      AND coalesce(before -> key, 'null') <> coalesce(after -> key, 'null')) AS difference
             WHERE differences IS NOT NULL OR TG_OP <> 'UPDATE';
        ELSE
            INSERT INTO audit_logs (user_id, actor_type, actor_id, actor_label, reason, ip_address, user_agent, request_id,
                                    action, resource_type, resource_id, resource_label, changes, is_verified)
            SELECT (context ->> 'user_id')::uuid, context ->> 'actor_type', (context ->> 'actor_id')::uuid,
                   coalesce(context ->> 'actor_label', ''), coalesce(context ->> 'reason', ''),
                   coalesce(context ->> 'ip_address', ''), coalesce(context ->> 'user_agent', ''),
                   coalesce(context ->> 'request_id', ''),
                   TG_ARGV[0] || CASE
                       WHEN TG_OP = 'INSERT' THEN '.created'
                       WHEN TG_OP = 'DELETE' THEN '.deleted'
                       WHEN before ->> 'deleted_at' IS NULL AND after ->> 'deleted_at' IS NOT NULL THEN '.deleted'
                       ELSE '.updated' END,
                   TG_ARGV[0], coalesce(coalesce(after, before) ->> key_name, ''),
                   left(concat_ws(' ', coalesce(after, before) ->> naming[1], coalesce(after, before) ->> naming[2]), 255),
                   coalesce(differences, '{}'), verified
              FROM unnest(befores, afters) AS pair (before, after), LATERAL (
                   SELECT jsonb_object_agg(key, CASE WHEN key = ANY (secret) THEN '["[redacted]", "[redacted]"]'
                                                     ELSE jsonb_build_array(before -> key, after -> key) END) AS differences
                     FROM jsonb_object_keys(coalesce(after, before)) AS key
                    WHERE key <> ALL (silent)
                      AND coalesce(before -> key, 'null') <> coalesce(after -> key, 'null')) AS difference
             WHERE differences IS NOT NULL OR TG_OP <> 'UPDATE';
        END IF;
        IF FOUND AND NOT verified THEN
            PERFORM public.count_unverified_context();
        END IF;
        first := first + at_once;
    END LOOP;
    RETURN NULL;
END
$$;
