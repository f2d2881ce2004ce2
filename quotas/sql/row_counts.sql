-- The row-count trigger: moves a quota's counter with the rows of a table, whatever path they take. See quotas/counted.py.
-- Arguments: resource; the column that says a row counts no more (as it was soft-deleted), empty where each counts.

-- An earlier release counted people only, and said nothing of it in the trigger; what still fires counts on under the new name.
DO $$ BEGIN
    IF to_regprocedure('public.count_seats()') IS NOT NULL AND to_regprocedure('public.count_rows()') IS NULL THEN
        ALTER FUNCTION public.count_seats() RENAME TO count_rows;
    END IF;
END $$;

-- Whose rows they are says the schema they are in, not who is logged in: what the owner writes counts, too.
-- A row more takes a unit or fails; a row less always goes.
CREATE OR REPLACE FUNCTION public.count_rows() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text := coalesce(TG_ARGV[0], 'users');
    gone   text := coalesce(TG_ARGV[1], 'deleted_at');
    before boolean := TG_OP <> 'INSERT' AND (gone = '' OR to_jsonb(OLD) ->> gone IS NULL);
    after  boolean := TG_OP <> 'DELETE' AND (gone = '' OR to_jsonb(NEW) ->> gone IS NULL);
    whose  uuid;
BEGIN
    IF before = after THEN
        RETURN NULL;
    END IF;
    SELECT id INTO whose FROM public.organizations WHERE schema_name = TG_TABLE_SCHEMA;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF before THEN
        UPDATE public.quotas SET used = used - 1 WHERE organization_id = whose AND resource = wanted AND used > 0;
        RETURN NULL;
    END IF;
    UPDATE public.quotas
       SET used = used + 1,
           exceeded_on = CASE WHEN public.limit_in_force("limit", override, override_until, now())::bigint - used - reserved < 1
                              THEN date_trunc('month', now() AT TIME ZONE 'UTC') ELSE exceeded_on END
     WHERE organization_id = whose AND resource = wanted
       AND public.hard_limit_in_force("limit", burst, override, override_burst, override_until, now()) - used - reserved >= 1;
    IF NOT FOUND THEN
        RAISE configuration_limit_exceeded USING MESSAGE = 'the quota is spent', DETAIL = wanted;
    END IF;
    RETURN NULL;
END
$$;

-- For rows that were there before the trigger was: called by the owner, in the transaction that makes it, whose lock keeps
-- writers out. Rows of other tables that count as the same are counted, too: whoever wrote one and has not committed has the
-- counter locked already, and so is waited for, or comes to it afterwards, and adds to what is written here.
CREATE OR REPLACE FUNCTION public.recount_rows(in_schema text, in_table text, wanted text, gone text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    counted record;
    part    bigint;
    there   bigint := 0;
BEGIN
    PERFORM FROM public.quotas AS q JOIN public.organizations AS o ON o.id = q.organization_id
      WHERE o.schema_name = in_schema AND q.resource = wanted FOR UPDATE OF q;
    FOR counted IN
        SELECT c.relname, split_part(encode(t.tgargs, 'escape'), '\000', 2) AS ended
          FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE n.nspname = in_schema AND t.tgfoid = 'public.count_rows()'::regprocedure
           AND split_part(encode(t.tgargs, 'escape'), '\000', 1) = wanted
    LOOP
        EXECUTE format('SELECT count(*) FROM %I.%I WHERE ', in_schema, counted.relname)
                || CASE counted.ended WHEN '' THEN 'true' ELSE format('%I IS NULL', counted.ended) END INTO part;
        there := there + part;
    END LOOP;
    UPDATE public.quotas AS q SET used = there FROM public.organizations AS o
     WHERE o.schema_name = in_schema AND q.organization_id = o.id AND q.resource = wanted AND q.used <> there;
END
$$;

-- Sets the counters of one quota right: `used` to the rows that are there, where triggers count rows as this resource, `reserved` to
-- what is held. Answers what was wrong. Its row is locked meanwhile: whoever moved it is waited for, or adds to what is right.
CREATE OR REPLACE FUNCTION public.recount_usage(whose uuid, wanted text)
RETURNS TABLE (counter text, was integer, counted integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found public.quotas;
    held  bigint;
BEGIN
    SELECT * INTO found FROM public.quotas AS q WHERE q.organization_id = whose AND q.resource = wanted FOR UPDATE;
    PERFORM public.recount_rows(n.nspname, '', wanted, '')
       FROM public.organizations AS o JOIN pg_namespace AS n ON n.nspname = o.schema_name
      WHERE o.id = whose AND EXISTS (
            SELECT FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
             WHERE c.relnamespace = n.oid AND t.tgfoid = 'public.count_rows()'::regprocedure
               AND split_part(encode(t.tgargs, 'escape'), '\000', 1) = wanted);
    SELECT coalesce(sum(r.amount), 0) INTO held FROM public.quota_reservations AS r
     WHERE r.organization_id = whose AND r.resource = wanted AND r.ended_at IS NULL
       AND (found.period = 'none' OR r.period_starts_on = found.period_starts_on);
    UPDATE public.quotas AS q SET reserved = held WHERE q.id = found.id AND q.reserved <> held;
    RETURN QUERY
        SELECT c.counter, c.was, c.counted
          FROM public.quotas AS q, LATERAL (
               VALUES ('used', found.used, q.used), ('reserved', found.reserved, q.reserved)) AS c (counter, was, counted)
         WHERE q.id = found.id AND c.was <> c.counted;
END
$$;
