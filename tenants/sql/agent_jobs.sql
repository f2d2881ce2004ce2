-- Dropping the queued jobs (procrastinate) that an agent asked for, when it is stopped. See Note [Jobs of an agent] in
-- tenants/jobs/agents/dropping.py. A signed call: no SQL injection drops jobs. Answers how many there were.
-- One that is at work is left to end by itself.

CREATE OR REPLACE FUNCTION public.drop_agent_jobs(signed text, mac bytea) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    call    jsonb := public.verified_call('drop_agent_jobs', signed, mac);
    dropped integer;
BEGIN
    DELETE FROM public.procrastinate_jobs
     WHERE id IN (SELECT id FROM public.procrastinate_jobs
                   WHERE status = 'todo' AND coalesce(args ->> 'organization_id', '') = call ->> 'organization'
                     AND args -> 'context' ->> 'agent_id' = call ->> 'agent'
                     FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS dropped = ROW_COUNT;
    RETURN dropped;
END
$$;
