-- Warnings before a limit is reached, and when it is. See Note [Warnings] in quotas/entitlements/warnings.py.

-- The level that is reached: 100 at the limit, the organization's own percentage before it, else 0. Only functions call it.
CREATE OR REPLACE FUNCTION public.warning_level(taken bigint, in_force bigint, early bigint) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN taken = 0 THEN 0 WHEN taken >= in_force THEN 100 WHEN taken * 100 >= in_force * early THEN early ELSE 0 END::integer
$$;

-- Quotas whose organization is to be warned. A counter that was last moved in an earlier month is as good as empty.
CREATE OR REPLACE FUNCTION public.quotas_to_warn_of() RETURNS TABLE (organization_id uuid, resource varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.organization_id, q.resource
      FROM public.quotas AS q JOIN public.organizations AS o ON o.id = q.organization_id AND o.is_active,
           CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date) AS this_month
     WHERE (q.period = 'none' OR q.period_starts_on >= this_month)
       AND public.warning_level(q.used::bigint + q.reserved, public.limit_in_force(q."limit", q.override, q.override_until, now()),
                                o.quota_warning_percent)
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
BEGIN
    SELECT o.quota_warning_percent INTO early FROM public.organizations AS o WHERE o.id = (call ->> 'organization')::uuid;
    UPDATE public.quotas AS q
       SET warned_on = this_month,
           warned_percent = public.warning_level(
               q.used::bigint + q.reserved, public.limit_in_force(q."limit", q.override, q.override_until, now()), early)
     WHERE q.organization_id = (call ->> 'organization')::uuid AND q.resource = call ->> 'resource'
       AND (q.period = 'none' OR q.period_starts_on >= this_month)
       AND public.warning_level(
               q.used::bigint + q.reserved, public.limit_in_force(q."limit", q.override, q.override_until, now()), early)
           > CASE WHEN q.warned_on = this_month THEN q.warned_percent ELSE 0 END
    RETURNING q.warned_percent, q.used::bigint + q.reserved,
              public.limit_in_force(q."limit", q.override, q.override_until, now())
         INTO percent, taken, in_force;
    RETURN NEXT;
END
$$;
