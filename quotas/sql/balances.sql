-- Quota balances: what the caller's organization may use, has used, and used in months that are over.

-- An override counts until its end, and from that moment on what the organization is entitled to. Where a quota is decided on, it is
-- asked in the deciding statement: nothing has to happen for an override to end.
CREATE OR REPLACE FUNCTION public.limit_in_force("limit" integer, override integer, override_until timestamptz, at timestamptz)
RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN override_until <= at THEN "limit" ELSE coalesce(override, "limit") END $$;

-- Where units are refused: the limit and the burst that is allowed beyond it, an override's own while that counts. It is never more
-- than a counter can hold. Whatever decides asks for this, whatever warns and reports for the limit. See Note [Bursts] in
-- quotas/entitlements/warnings.py.
CREATE OR REPLACE FUNCTION public.hard_limit_in_force("limit" integer, burst integer, override integer, override_burst integer,
                                                      override_until timestamptz, at timestamptz)
RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT least(2147483647, public.limit_in_force("limit", override, override_until, at)::bigint
                             + CASE WHEN override IS NULL OR override_until <= at THEN burst ELSE override_burst END)
$$;

-- Rows as they count today: a monthly counter that was last moved in an earlier month reads as empty, and what expired is free.
CREATE OR REPLACE FUNCTION public.my_balances()
RETURNS TABLE (resource varchar, "limit" integer, burst integer, used integer, reserved integer, period varchar,
               period_starts_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.resource, in_force,
           (public.hard_limit_in_force(q."limit", q.burst, q.override, q.override_burst, q.override_until, now()) - in_force)::integer,
           CASE WHEN q.period = 'none' OR q.period_starts_on >= this_month THEN q.used ELSE 0 END,
           CASE WHEN q.period = 'none' OR q.period_starts_on >= this_month THEN greatest(0, q.reserved - expired) ELSE 0 END,
           q.period, greatest(q.period_starts_on, CASE WHEN q.period = 'month' THEN this_month END)
      FROM public.quotas AS q,
           CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date) AS this_month,
           LATERAL public.limit_in_force(q."limit", q.override, q.override_until, now()) AS in_force,
           LATERAL (SELECT coalesce(sum(r.amount), 0)::integer AS expired FROM public.quota_reservations AS r
                     WHERE r.organization_id = q.organization_id AND r.resource = q.resource AND r.ended_at IS NULL
                       AND r.expires_at <= now() AND (q.period = 'none' OR r.period_starts_on = q.period_starts_on)) AS gone
     WHERE q.organization_id = public.my_organization_id()
     ORDER BY q.resource
$$;

-- The release before knows of no bursts, and reads these columns by position.
CREATE OR REPLACE FUNCTION public.my_quotas()
RETURNS TABLE (resource varchar, "limit" integer, used integer, reserved integer, period varchar,
               period_starts_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT resource, "limit", used, reserved, period, period_starts_on FROM public.my_balances()
$$;

-- What was used in the months that are over, newest first; the last of them is told from its counter until somebody moves that.
CREATE OR REPLACE FUNCTION public.my_past_usage(wanted text)
RETURNS TABLE (period_starts_on date, "limit" integer, used integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.period_starts_on, p."limit", p.used FROM public.past_usage AS p
     WHERE p.organization_id = public.my_organization_id() AND p.resource = wanted
    UNION ALL
    SELECT q.period_starts_on, q."limit", q.used FROM public.quotas AS q
     WHERE q.organization_id = public.my_organization_id() AND q.resource = wanted AND q.period = 'month'
       AND q.period_starts_on < CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date)
     ORDER BY 1 DESC LIMIT 1200
$$;

-- What was used of each monthly quota in the months from `first` on. The last one that anything was used in is told from its
-- counter, whether it is over or not: only who uses something in a new month moves it to past_usage. Of an older one the limit is told.
CREATE OR REPLACE FUNCTION public.my_usage_since(first date)
RETURNS TABLE (resource varchar, period_starts_on date, used integer, "limit" integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.resource, p.period_starts_on, p.used, p."limit" FROM public.past_usage AS p
     WHERE p.organization_id = public.my_organization_id() AND p.period_starts_on >= first
    UNION ALL
    SELECT q.resource, greatest(q.period_starts_on, first), CASE WHEN q.period_starts_on >= first THEN q.used ELSE 0 END,
           public.limit_in_force(q."limit", q.override, q.override_until, now())
      FROM public.quotas AS q
     WHERE q.organization_id = public.my_organization_id() AND q.period = 'month'
$$;

-- Keeps what was used in the month that is over, with the limit at its end, and starts the counter anew. Only the functions above call it.
CREATE OR REPLACE FUNCTION public.begin_quota_period(mine uuid, wanted text, this_month date) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    WITH over AS (
        SELECT id, organization_id, resource, period_starts_on, used,
               public.limit_in_force("limit", override, override_until,
                   (period_starts_on + interval '1 month') AT TIME ZONE 'UTC' - interval '1 microsecond') AS "limit"
          FROM public.quotas
         WHERE organization_id = mine AND resource = wanted AND period = 'month' AND period_starts_on < this_month
           FOR UPDATE),
    kept AS (
        INSERT INTO public.past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used)
        SELECT gen_random_uuid(), now(), now(), organization_id, resource, period_starts_on, "limit", used FROM over
        ON CONFLICT DO NOTHING)
    UPDATE public.quotas AS q SET used = 0, reserved = 0, period_starts_on = this_month FROM over WHERE q.id = over.id
$$;
