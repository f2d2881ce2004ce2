-- Shares: how much of a quota one agent may use (a percentage of its limit in force), of what is consumed or held by signed
-- calls. See Note [Shares] in quotas/consumption.py. The percentage is in what was signed. Called with the quota's row locked, by
-- whoever has taken `units` and not written its row yet; what is too much is an error, which undoes that. Only functions call it.
CREATE OR REPLACE FUNCTION public.require_share(call jsonb, mine uuid, wanted text, units integer) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    quota  public.quotas;
    agent  uuid := call ->> 'actor_id';
    share  integer := call ->> 'share';
    may    bigint;
    taken  bigint;
    held   bigint;
BEGIN
    IF share IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO quota FROM public.quotas AS q WHERE q.organization_id = mine AND q.resource = wanted;
    may := public.limit_in_force(quota."limit", quota.override, quota.override_until, now())::bigint * share / 100;
    SELECT coalesce(sum(m.amount - m.given_back), 0) INTO taken FROM public.quota_movements AS m
     WHERE m.actor_type = 'agent' AND m.actor_id = agent AND m.organization_id = mine AND m.resource = wanted
       AND (quota.period = 'none' OR m.period_starts_on = quota.period_starts_on);
    SELECT coalesce(sum(r.amount), 0) INTO held FROM public.quota_reservations AS r
     WHERE r.actor_type = 'agent' AND r.actor_id = agent AND r.organization_id = mine AND r.resource = wanted
       AND r.ended_at IS NULL AND r.expires_at > now()
       AND (quota.period = 'none' OR r.period_starts_on = quota.period_starts_on);
    IF taken + held + units > may THEN
        RAISE configuration_limit_exceeded USING MESSAGE = 'the share of the quota is spent', DETAIL = wanted,
              HINT = format('share %s %s', may, taken + held);
    END IF;
END
$$;
