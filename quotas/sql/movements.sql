-- Quota movements: consuming and releasing units, each by a signed call that names it by the id of its row in quota_movements.
-- See Note [Exact counting] and Note [Movements] in quotas/consumption.py. Everything is read from what was signed.

-- Uses or holds units: one conditional UPDATE decides. Answers which period they are of, or NULL, with nothing taken, when less
-- is left. Who is refused although something expired meanwhile is decided on again, once it came back. Only functions call it.
CREATE OR REPLACE FUNCTION public.take_from_quota(mine uuid, wanted text, to_use integer, to_hold integer) RETURNS date
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    starts     date;
    this_month date := date_trunc('month', now() AT TIME ZONE 'UTC');
BEGIN
    PERFORM public.begin_quota_period(mine, wanted, this_month);
    FOR attempt IN 1 .. 2 LOOP
        UPDATE public.quotas
           SET used = used + to_use, reserved = reserved + to_hold,
               exceeded_on = CASE WHEN public.limit_in_force("limit", override, override_until, now())::bigint - used - reserved
                                       < to_use + to_hold THEN this_month ELSE exceeded_on END
         WHERE organization_id = mine AND resource = wanted
           AND public.hard_limit_in_force("limit", burst, override, override_burst, override_until, now()) - used - reserved
               >= to_use + to_hold
        RETURNING period_starts_on INTO starts;
        EXIT WHEN FOUND OR attempt = 2;
        PERFORM public.return_expired_reservations(mine, wanted);
    END LOOP;
    RETURN starts;
END
$$;

-- Answers false, and takes nothing, when less is left. Consumed again under the same id, the row is there already: an error.
CREATE OR REPLACE FUNCTION public.consume_quota(signed text, mac bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    call   jsonb := public.verified_call('consume_quota', signed, mac);
    mine   uuid := call ->> 'organization';
    wanted text := call ->> 'resource';
    units  integer := call ->> 'amount';
    starts date;
BEGIN
    IF units IS NULL OR units < 1 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'the amount must be 1 or more';
    END IF;
    starts := public.take_from_quota(mine, wanted, units, 0);
    IF starts IS NULL THEN
        RETURN false;
    END IF;
    PERFORM public.require_share(call, mine, wanted, units);
    INSERT INTO public.quota_movements (id, organization_id, resource, period_starts_on, amount, given_back,
                                        actor_type, actor_id, actor_label, created_at)
    VALUES ((call ->> 'consumption')::uuid, mine, wanted, starts, units, 0, call ->> 'actor_type',
            (call ->> 'actor_id')::uuid, call ->> 'actor_label', now());
    RETURN true;
END
$$;

-- The same together with its entry in the trail and what is left afterwards: one statement, and so a transaction by itself. Where it is
-- not allowed, or less is left, nothing is done, and there is no row. It runs with the rights of whoever calls it, as record_event() does.
CREATE OR REPLACE FUNCTION public.consume_and_record(is_allowed boolean, signed text, mac bytea, context text, context_mac bytea,
                                                     wanted text, details jsonb)
RETURNS TABLE (resource varchar, "limit" integer, burst integer, used integer, reserved integer, period varchar,
               period_starts_on date)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF is_allowed IS NOT TRUE THEN
        RETURN;
    END IF;
    IF public.consume_quota(signed, mac) THEN
        PERFORM public.record_event(context, context_mac, 'quota.consumed', 'quota', wanted, '', details);
        RETURN QUERY SELECT b.* FROM public.my_balances() AS b WHERE b.resource = wanted;
    END IF;
END
$$;

-- Answers what became of it: `released`, or why not, and how many units came back.
CREATE OR REPLACE FUNCTION public.release_quota(signed text, mac bytea)
RETURNS TABLE (outcome text, given_back integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    call  jsonb := public.verified_call('release_quota', signed, mac);
    mine  uuid := call ->> 'organization';
    moved public.quota_movements;
    units integer;
BEGIN
    SELECT * INTO moved FROM public.quota_movements AS m
     WHERE m.id = (call ->> 'consumption')::uuid AND m.organization_id = mine AND m.resource = call ->> 'resource'
       FOR UPDATE;
    units := coalesce((call ->> 'amount')::integer, moved.amount);
    IF moved.id IS NULL THEN
        RETURN QUERY SELECT 'unknown', 0;
    ELSIF NOT coalesce((call ->> 'of_anybody')::boolean, false)
          AND (moved.actor_type, moved.actor_id) IS DISTINCT FROM (call ->> 'actor_type', (call ->> 'actor_id')::uuid) THEN
        RETURN QUERY SELECT 'somebody_elses', 0;
    ELSIF moved.released_at IS NOT NULL THEN
        RETURN QUERY SELECT 'already_released', 0;
    ELSIF units < 1 OR units > moved.amount THEN
        RETURN QUERY SELECT 'not_that_many', moved.amount;
    ELSE
        UPDATE public.quotas AS q SET used = greatest(0, q.used - units)
         WHERE q.organization_id = mine AND q.resource = moved.resource
           AND (q.period = 'none' OR moved.period_starts_on = q.period_starts_on
                AND moved.period_starts_on >= CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date));
        IF NOT FOUND THEN
            RETURN QUERY SELECT 'period_is_over', 0;
        ELSE
            UPDATE public.quota_movements AS m SET given_back = units, released_at = now() WHERE m.id = moved.id;
            RETURN QUERY SELECT 'released', units;
        END IF;
    END IF;
END
$$;

-- An earlier release moved counters by whatever amount was asked for.
DROP FUNCTION IF EXISTS public.take_quota(text, integer), public.give_back_quota(text, integer),
    public.begin_counting(text, integer);
