-- What a tenant role may do in `public`: nothing but call these. Each is SECURITY DEFINER (the owner), knows its caller
-- by session_user (inside, current_user is the owner) and touches only what is that caller's. None takes the id of
-- an organization. Each fixes its search_path, so that no name in it can be anybody else's.

CREATE OR REPLACE FUNCTION public.my_organization_id() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM public.organizations WHERE schema_name = session_user AND deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.my_organization()
RETURNS TABLE (id uuid, name varchar, slug varchar, plan varchar, status varchar,
               max_users integer, max_pipelines integer, max_executions_per_month integer,
               created_at timestamptz, updated_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.id, o.name, o.slug, o.plan, o.status, o.max_users, o.max_pipelines, o.max_executions_per_month,
           o.created_at, o.updated_at
      FROM public.organizations AS o WHERE o.schema_name = session_user AND o.deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.my_organization_is_open() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT is_active FROM public.organizations WHERE schema_name = session_user), false)
$$;

CREATE OR REPLACE FUNCTION public.rename_my_organization(wanted text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.organizations SET name = wanted, updated_at = transaction_timestamp()
     WHERE schema_name = session_user AND deleted_at IS NULL
$$;

-- Removal comes after a time of grace that nobody can shorten, and can be called off until then.
CREATE OR REPLACE FUNCTION public.schedule_my_removal() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.organizations SET removal_due_at = coalesce(removal_due_at, transaction_timestamp() + interval '30 days')
     WHERE schema_name = session_user AND deleted_at IS NULL RETURNING removal_due_at
$$;

CREATE OR REPLACE FUNCTION public.cancel_my_removal() RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH called_off AS (
        UPDATE public.organizations SET removal_due_at = NULL
         WHERE schema_name = session_user AND removal_due_at IS NOT NULL AND deleted_at IS NULL RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM called_off)
$$;

-- The first admin proved their address: from pending to active, and from nowhere else.
CREATE OR REPLACE FUNCTION public.confirm_my_organization() RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH confirmed AS (
        UPDATE public.organizations SET status = 'active'
         WHERE schema_name = session_user AND status = 'pending' AND deleted_at IS NULL RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM confirmed)
$$;

-- Rows as they count today: a monthly counter that was last moved in an earlier month reads as empty.
CREATE OR REPLACE FUNCTION public.my_quotas()
RETURNS TABLE (resource varchar, "limit" integer, used integer, reserved integer, period varchar,
               period_starts_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.resource, q."limit",
           CASE WHEN q.period = 'none' OR q.period_starts_on >= this_month THEN q.used ELSE 0 END,
           CASE WHEN q.period = 'none' OR q.period_starts_on >= this_month THEN q.reserved ELSE 0 END,
           q.period, greatest(q.period_starts_on, CASE WHEN q.period = 'month' THEN this_month END)
      FROM public.quotas AS q,
           CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date) AS this_month
     WHERE q.organization_id = public.my_organization_id()
     ORDER BY q.resource
$$;

-- What was used in the months that are over, newest first.
CREATE OR REPLACE FUNCTION public.my_past_usage(wanted text)
RETURNS TABLE (period_starts_on date, "limit" integer, used integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.period_starts_on, p."limit", p.used FROM public.past_usage AS p
     WHERE p.organization_id = public.my_organization_id() AND p.resource = wanted
     ORDER BY p.period_starts_on DESC LIMIT 1200
$$;

-- What taking and giving back have in common: who may, how much, and that the month has begun. Only these two call it.
CREATE OR REPLACE FUNCTION public.begin_counting(wanted text, amount integer) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine uuid := public.my_organization_id();
BEGIN
    IF mine IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an organization''s own role may move its quotas';
    END IF;
    IF wanted = 'users' AND pg_trigger_depth() = 0 THEN
        RAISE insufficient_privilege USING MESSAGE = 'seats are counted with the rows of people, and in no other way';
    END IF;
    IF amount IS NULL OR amount < 1 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'the amount must be 1 or more';
    END IF;
    PERFORM public.begin_quota_period(mine, wanted, CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date));
    RETURN mine;
END
$$;

-- See Note [Exact counting] in quotas/consumption.py. Answers false, and takes nothing, when less is left.
CREATE OR REPLACE FUNCTION public.take_quota(wanted text, amount integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine uuid := public.begin_counting(wanted, amount);
BEGIN
    UPDATE public.quotas SET used = used + amount
     WHERE organization_id = mine AND resource = wanted AND "limit"::bigint - used - reserved >= amount;
    RETURN FOUND;
END
$$;

-- Never below zero, and never into a period that is over.
CREATE OR REPLACE FUNCTION public.give_back_quota(wanted text, amount integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine uuid := public.begin_counting(wanted, amount);
BEGIN
    UPDATE public.quotas SET used = used - amount
     WHERE organization_id = mine AND resource = wanted AND used >= amount;
    RETURN FOUND;
END
$$;

-- See Note [Seats] in tenants/isolation/schema_objects.py. Where no organization's own role writes, the owner does: while opening,
-- and when something is repaired by hand; then it is the owner's to count.
CREATE OR REPLACE FUNCTION public.count_seats() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held boolean := TG_OP <> 'INSERT' AND OLD.deleted_at IS NULL;
    holds boolean := TG_OP <> 'DELETE' AND NEW.deleted_at IS NULL;
BEGIN
    IF held = holds OR public.my_organization_id() IS NULL THEN
        RETURN NULL;
    END IF;
    IF holds AND NOT public.take_quota('users', 1) THEN
        RAISE configuration_limit_exceeded USING MESSAGE = 'no seat is left';
    ELSIF held THEN
        PERFORM public.give_back_quota('users', 1);
    END IF;
    RETURN NULL;
END
$$;

-- Keeps what was used in the month that is over, and starts the counter anew. Only the functions above call it.
CREATE OR REPLACE FUNCTION public.begin_quota_period(mine uuid, wanted text, this_month date) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    WITH over AS (
        SELECT id, organization_id, resource, period_starts_on, "limit", used FROM public.quotas
         WHERE organization_id = mine AND resource = wanted AND period = 'month' AND period_starts_on < this_month
           FOR UPDATE),
    kept AS (
        INSERT INTO public.past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used)
        SELECT gen_random_uuid(), now(), now(), organization_id, resource, period_starts_on, "limit", used FROM over
        ON CONFLICT DO NOTHING)
    UPDATE public.quotas AS q SET used = 0, reserved = 0, period_starts_on = this_month FROM over WHERE q.id = over.id
$$;

CREATE OR REPLACE FUNCTION public.add_to_email_index(address text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine uuid := public.my_organization_id();
BEGIN
    IF mine IS NULL OR address IS NULL OR address !~ '^[0-9a-f]{64}$' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'an entry of the e-mail index is the keyed hash of an address';
    END IF;
    INSERT INTO public.email_index (id, address_hash, organization_id) VALUES (gen_random_uuid(), address, mine)
    ON CONFLICT DO NOTHING;
END
$$;

CREATE OR REPLACE FUNCTION public.remove_from_email_index(address text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.email_index WHERE address_hash = address AND organization_id = public.my_organization_id()
$$;

-- The queue belongs to the platform. The organization of a job is set here and can't be chosen; one that waits
-- with very many jobs must wait with more, so that it starves nobody.
CREATE OR REPLACE FUNCTION public.enqueue_job_for(organization uuid, queue text, task text, arguments jsonb)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    owned jsonb := arguments || jsonb_build_object('organization_id', organization);
    waiting integer;
BEGIN
    IF organization IS NULL OR queue IS NULL OR task IS NULL OR arguments IS NULL
       OR jsonb_typeof(arguments) <> 'object' OR length(arguments::text) > 65536
       OR task !~ '^[a-z_.]{1,128}$' OR starts_with(task, 'procrastinate.')
       OR queue !~ '^[a-z_]{1,64}$' OR queue = 'builtin' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a job has a task, a queue and an object of arguments';
    END IF;
    SELECT count(*) INTO waiting FROM (
        SELECT 1 FROM public.procrastinate_jobs
         WHERE status = 'todo' AND args ->> 'organization_id' = organization::text LIMIT 1000) AS those;
    IF waiting >= 1000 THEN
        RAISE configuration_limit_exceeded USING MESSAGE = 'too many jobs of this organization are waiting';
    END IF;
    RETURN (public.procrastinate_defer_jobs_v1(ARRAY[
        ROW(queue, task, 0, NULL, NULL, owned, NULL)::public.procrastinate_job_to_defer_v1]))[1];
END
$$;

-- It does not say the job's number, which would count everybody's jobs. An earlier one did, and can't just be replaced.
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_proc WHERE oid = to_regprocedure('public.enqueue_job(text, text, jsonb)')
                  AND prorettype <> 'void'::regtype) THEN
        DROP FUNCTION public.enqueue_job(text, text, jsonb);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION public.enqueue_job(queue text, task text, arguments jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine uuid := public.my_organization_id();
BEGIN
    IF mine IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an organization''s own role may enqueue its jobs';
    END IF;
    PERFORM public.enqueue_job_for(mine, queue, task, arguments);
END
$$;

-- What an earlier release called the functions of the e-mail index.
DROP FUNCTION IF EXISTS public.add_my_directory_line(text), public.remove_my_directory_line(text);
