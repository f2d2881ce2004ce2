-- Shares of what rows are counted as (people, say): fires for each row that an agent makes, or brings back, in a counted table. See
-- Note [Rows of an agent] in agents/limits/rows.py. Arguments: resource; the column that says a row counts no more, or empty.
--
-- It comes after count_rows(), in the order of their names, which has the row of the quota locked: so agents of one organization
-- come here one after another, and each sees the rows of those before it. Rows that are gone by now are forgotten.
CREATE OR REPLACE FUNCTION public.hold_agent_rows() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted  text := TG_ARGV[0];
    gone    text := TG_ARGV[1];
    context jsonb;
    agent   uuid;
    share   integer;
    may     bigint;
    made    bigint;
    there   text;
    of      record;
BEGIN
    IF to_jsonb(NEW) ->> gone IS NOT NULL OR (TG_OP = 'UPDATE' AND (gone = '' OR to_jsonb(OLD) ->> gone IS NULL))
       OR NOT public.context_is_verified() THEN
        RETURN NULL;
    END IF;
    context := substr(current_setting('workix.context'), 65);
    IF context ->> 'actor_type' <> 'agent' THEN
        RETURN NULL;
    END IF;
    agent := context ->> 'actor_id';
    EXECUTE format('INSERT INTO %I.agent_rows (table_name, row_id, hidden_by, resource, agent_id) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (table_name, row_id) DO UPDATE SET agent_id = excluded.agent_id', TG_TABLE_SCHEMA)
      USING TG_TABLE_NAME, to_jsonb(NEW) ->> 'id', gone, wanted, agent;
    EXECUTE format('SELECT quota_share FROM %I.agents WHERE id = $1', TG_TABLE_SCHEMA) INTO share USING agent;
    IF share IS NULL THEN
        RETURN NULL;
    END IF;
    FOR of IN EXECUTE format('SELECT DISTINCT table_name, hidden_by FROM %I.agent_rows WHERE agent_id = $1 AND resource = $2',
                             TG_TABLE_SCHEMA) USING agent, wanted LOOP
        there := format('SELECT FROM %I.%I AS r WHERE r.id::text = a.row_id', TG_TABLE_SCHEMA, of.table_name)
                 || CASE of.hidden_by WHEN '' THEN '' ELSE format(' AND r.%I IS NULL', of.hidden_by) END;
        EXECUTE format('DELETE FROM %I.agent_rows AS a WHERE agent_id = $1 AND resource = $2 AND table_name = $3 AND NOT EXISTS (',
                       TG_TABLE_SCHEMA) || there || ')' USING agent, wanted, of.table_name;
    END LOOP;
    EXECUTE format('SELECT count(*) FROM %I.agent_rows WHERE agent_id = $1 AND resource = $2', TG_TABLE_SCHEMA)
       INTO made USING agent, wanted;
    SELECT public.limit_in_force(q."limit", q.override, q.override_until, now())::bigint * share / 100 INTO may
      FROM public.quotas AS q JOIN public.organizations AS o ON o.id = q.organization_id
     WHERE o.schema_name = TG_TABLE_SCHEMA AND q.resource = wanted;
    IF made > may THEN
        RAISE configuration_limit_exceeded USING MESSAGE = 'the share of the quota is spent', DETAIL = wanted,
              HINT = format('share %s %s', may, made - 1);
    END IF;
    RETURN NULL;
END
$$;
