-- Warnings before a limit is reached, when it is, and when a burst beyond it is used. See Note [Warnings] and Note [Bursts] in
-- quotas/entitlements/warnings.py.

-- The level that is reached: 101 where a burst is used, or was this month (`exceeded`); 100 at the limit, the organization's own
-- percentage before it, else 0. Only functions call it.
CREATE OR REPLACE FUNCTION public.warning_level(taken bigint, in_force bigint, hard bigint, early bigint, exceeded boolean)
RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN exceeded OR taken > in_force AND hard > in_force THEN 101 WHEN taken = 0 THEN 0 WHEN taken >= in_force THEN 100
                WHEN taken * 100 >= in_force * early THEN early ELSE 0 END::integer
$$;

-- Quotas whose organization is to be warned. A counter that was last moved in an earlier month is as good as empty.
CREATE OR REPLACE FUNCTION public.quotas_to_warn_of() RETURNS TABLE (organization_id uuid, resource varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.organization_id, q.resource
      FROM public.quotas AS q JOIN public.organizations AS o ON o.id = q.organization_id AND o.is_active,
           CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date) AS this_month
     WHERE (q.period = 'none' OR q.period_starts_on >= this_month)
       AND public.warning_level(
               q.used::bigint + q.reserved, public.limit_in_force(q."limit", q.override, q.override_until, now()),
               public.hard_limit_in_force(q."limit", q.burst, q.override, q.override_burst, q.override_until, now()),
               o.quota_warning_percent, q.exceeded_on = this_month)
           > CASE WHEN q.warned_on = this_month THEN q.warned_percent ELSE 0 END
$$;

-- Notes that the caller's organization is told, and answers of what; NULL where nothing is to be told (any more).
CREATE OR REPLACE FUNCTION public.warn_of_quota(signed text, mac bytea)
RETURNS TABLE (percent integer, taken bigint, in_force integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    call       jsonb := public.verified_call('warn_of_quota', signed, mac);
    this_month date := date_trunc('month', now() AT TIME ZONE 'UTC');
    early      integer;
    q          public.quotas;
BEGIN
    SELECT o.quota_warning_percent INTO early FROM public.organizations AS o WHERE o.id = (call ->> 'organization')::uuid;
    SELECT * INTO q FROM public.quotas AS each
     WHERE each.organization_id = (call ->> 'organization')::uuid AND each.resource = call ->> 'resource'
       AND (each.period = 'none' OR each.period_starts_on >= this_month)
       FOR UPDATE;
    taken := q.used::bigint + q.reserved;
    in_force := public.limit_in_force(q."limit", q.override, q.override_until, now());
    percent := public.warning_level(
        taken, in_force, public.hard_limit_in_force(q."limit", q.burst, q.override, q.override_burst, q.override_until, now()),
        early, q.exceeded_on = this_month);
    IF percent > (CASE WHEN q.warned_on = this_month THEN q.warned_percent ELSE 0 END) THEN
        UPDATE public.quotas AS each SET warned_on = this_month, warned_percent = percent WHERE each.id = q.id;
    ELSE
        percent := NULL;
    END IF;
    RETURN NEXT;
END
$$;

-- The release before did not tell a burst from a limit.
DROP FUNCTION IF EXISTS public.warning_level(bigint, bigint, bigint);
