-- Rate limits (GCRA): takes from one bucket, exactly, whoever else does at the same moment.

-- See Note [GCRA] in quotas/throttling/gcra.py. Times are microseconds. A bucket from the future, written while some clock was ahead, is as empty as one can be, and no emptier.
-- `moment` is the time for tests. The row is locked before it is read: of any number that come at once each sees what the
-- others took. Not found, it is a full bucket; whoever writes it first wins, and the others look again.
CREATE OR REPLACE FUNCTION public.take_from_rate(
    whose text, step bigint, span bigint, reserve bigint, wanted integer, moment timestamptz,
    OUT granted integer, OUT debt bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_at timestamptz;
    kept timestamptz;
BEGIN
    LOOP
        SELECT r.full_at INTO kept FROM public.request_rates AS r WHERE r.key = whose FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO public.request_rates (key, full_at) VALUES (whose, '-infinity') ON CONFLICT (key) DO NOTHING;
    END LOOP;
    now_at := coalesce(moment, clock_timestamp());
    debt := CASE WHEN kept <= now_at THEN 0 ELSE least(span, (extract(epoch FROM kept - now_at) * 1000000)::bigint) END;
    granted := CASE WHEN debt + wanted * step <= span - reserve THEN wanted
                    WHEN debt + step <= span THEN 1
                    ELSE 0 END;
    debt := debt + granted * step;
    UPDATE public.request_rates AS r SET full_at = now_at + debt * interval '1 microsecond' WHERE r.key = whose;
END
$$;
