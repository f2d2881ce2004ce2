-- Counts what an agent deletes in a day, and refuses what is too much. Fires for each entry `<thing>.deleted` of an agent in the
-- trail of a schema. See Note [Deletions of an agent] in agents/limits/deletions.py.
--
-- No organization's role writes the counter by itself. A counter of a day that is yet to come, written while the clock was ahead by more
-- than a day, begins anew; one of tomorrow is that of somebody who came after midnight.
CREATE OR REPLACE FUNCTION public.count_agent_deletions() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today   date := now() AT TIME ZONE 'UTC';
    most    integer;
    counted integer;
BEGIN
    EXECUTE format('SELECT deletions_per_day FROM %I.agents WHERE id = $1', TG_TABLE_SCHEMA) INTO most USING NEW.actor_id;
    IF most IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'INSERT INTO %I.agent_deletions AS d (agent_id, day, count) VALUES ($1, $2, 1)
         ON CONFLICT (agent_id) DO UPDATE
            SET count = CASE WHEN d.day BETWEEN $2 AND $2 + 1 THEN d.count + 1 ELSE 1 END,
                day = CASE WHEN d.day BETWEEN $2 AND $2 + 1 THEN d.day ELSE $2 END
         RETURNING count', TG_TABLE_SCHEMA) INTO counted USING NEW.actor_id, today;
    IF counted > most THEN
        RAISE configuration_limit_exceeded
            USING MESSAGE = 'the agent has deleted as much as it may today', DETAIL = 'agent_deletions', 
              HINT = format('%s %s', most, ceil(extract(epoch FROM today + 1 - (now() AT TIME ZONE 'UTC'))));
    END IF;
    RETURN NULL;
END
$$;
