-- Quota reservations: units held until they are committed, released or expire, each by a signed call that names the row's id.
-- See Note [Reservations] in quotas/reservations.py. Whoever writes such a row has the quota's row locked before: always in this order.

-- Answers when they come back by themselves, or NULL, and holds nothing, when less is left.
CREATE OR REPLACE FUNCTION public.reserve_quota(signed text, mac bytea) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    call    jsonb := public.verified_call('reserve_quota', signed, mac);
    mine    uuid := call ->> 'organization';
    wanted  text := call ->> 'resource';
    units   integer := call ->> 'amount';
    seconds integer := call ->> 'ttl';
    starts  date;
BEGIN
    IF NOT coalesce(units >= 1 AND seconds BETWEEN 1 AND 86400, false) THEN
        RAISE invalid_parameter_value USING MESSAGE = 'the amount must be 1 or more, the time to live 1 to 86400 seconds';
    END IF;
    starts := public.take_from_quota(mine, wanted, 0, units);
    IF starts IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM public.require_share(call, mine, wanted, units);
    INSERT INTO public.quota_reservations (id, organization_id, resource, period_starts_on, amount, committed, actor_type,
                                           actor_id, created_at, expires_at, outcome)
    VALUES ((call ->> 'reservation')::uuid, mine, wanted, starts, units, 0, call ->> 'actor_type',
            (call ->> 'actor_id')::uuid, now(), now() + make_interval(secs => seconds), '');
    RETURN now() + make_interval(secs => seconds);
END
$$;

-- Commits `amount` units, or all where it names none; with 0 it releases them. The rest is free again. What is committed is a
-- movement with the reservation's id, of the period in which it was reserved, be that over or not.
CREATE OR REPLACE FUNCTION public.settle_reservation(signed text, mac bytea)
RETURNS TABLE (outcome text, units integer, resource text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    call    jsonb := public.verified_call('settle_reservation', signed, mac);
    mine    uuid := call ->> 'organization';
    held    public.quota_reservations;
    settled integer;
BEGIN
    SELECT * INTO held FROM public.quota_reservations AS r
     WHERE r.id = (call ->> 'reservation')::uuid AND r.organization_id = mine;
    PERFORM public.begin_quota_period(mine, held.resource, CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date));
    PERFORM FROM public.quotas AS q WHERE q.organization_id = mine AND q.resource = held.resource FOR UPDATE;
    SELECT * INTO held FROM public.quota_reservations AS r WHERE r.id = held.id FOR UPDATE;
    settled := coalesce((call ->> 'amount')::integer, held.amount);
    IF held.id IS NULL THEN
        RETURN QUERY SELECT 'unknown', 0, '';
    ELSIF NOT coalesce((call ->> 'of_anybody')::boolean, false)
          AND (held.actor_type, held.actor_id) IS DISTINCT FROM (call ->> 'actor_type', (call ->> 'actor_id')::uuid) THEN
        RETURN QUERY SELECT 'somebody_elses', 0, '';
    ELSIF held.ended_at IS NOT NULL THEN
        RETURN QUERY SELECT 'already_' || held.outcome, 0, '';
    ELSIF held.expires_at <= now() THEN
        RETURN QUERY SELECT 'already_expired', 0, '';
    ELSIF settled < 0 OR settled > held.amount THEN
        RETURN QUERY SELECT 'not_that_many', held.amount, '';
    ELSE
        PERFORM public.end_reservation(held, settled, CASE settled WHEN 0 THEN 'released' ELSE 'committed' END);
        INSERT INTO public.quota_movements (id, organization_id, resource, period_starts_on, amount, given_back,
                                            actor_type, actor_id, actor_label, created_at)
        SELECT held.id, mine, held.resource, held.period_starts_on, settled, 0, call ->> 'actor_type',
               (call ->> 'actor_id')::uuid, call ->> 'actor_label', now() WHERE settled > 0;
        RETURN QUERY SELECT 'settled', settled, held.resource::text;
    END IF;
END
$$;

-- Ends a reservation, whose quota's row is locked. A counter that started anew since holds nothing of it any more, and what is
-- used of it was used in the period that is over. Only functions call it.
CREATE OR REPLACE FUNCTION public.end_reservation(held public.quota_reservations, settled integer, ended_as text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.quotas AS q SET used = q.used + settled, reserved = greatest(0, q.reserved - held.amount)
     WHERE q.organization_id = held.organization_id AND q.resource = held.resource
       AND (q.period = 'none' OR q.period_starts_on = held.period_starts_on);
    IF NOT FOUND AND settled > 0 THEN
        UPDATE public.past_usage AS p SET used = p.used + settled
         WHERE p.organization_id = held.organization_id AND p.resource = held.resource
           AND p.period_starts_on = held.period_starts_on;
    END IF;
    UPDATE public.quota_reservations AS r SET outcome = ended_as, committed = settled, ended_at = now() WHERE r.id = held.id;
END
$$;

-- Frees what a quota's expired reservations hold. The control role's job calls it, and so does whoever would be refused otherwise.
-- The look without a lock spares those who are refused with nothing expired the wait for each other.
CREATE OR REPLACE FUNCTION public.return_expired_reservations(whose uuid, wanted text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held     public.quota_reservations;
    returned integer := 0;
BEGIN
    PERFORM FROM public.quota_reservations AS r
      WHERE r.organization_id = whose AND r.resource = wanted AND r.ended_at IS NULL AND r.expires_at <= now();
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    PERFORM FROM public.quotas AS q WHERE q.organization_id = whose AND q.resource = wanted FOR UPDATE;
    FOR held IN
        SELECT * FROM public.quota_reservations AS r
         WHERE r.organization_id = whose AND r.resource = wanted AND r.ended_at IS NULL AND r.expires_at <= now()
           FOR UPDATE
    LOOP
        PERFORM public.end_reservation(held, 0, 'expired');
        returned := returned + 1;
    END LOOP;
    RETURN returned;
END
$$;
