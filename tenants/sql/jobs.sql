-- Enqueueing a job (procrastinate) for the caller's organization, or as the control role for one that is named; and
-- fetching the next one, fair between organizations (round robin).

-- The queue belongs to the platform. The organization of a job is set here and can't be chosen; one that waits with
-- very many jobs must wait with more. What it has waiting is read from an index, up to that many.
CREATE OR REPLACE FUNCTION public.enqueue_job_for(organization uuid, queue text, task text, arguments jsonb)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    owned jsonb := arguments || jsonb_build_object('organization_id', organization);
    waiting integer;
BEGIN
    IF organization IS NULL OR queue IS NULL OR task IS NULL OR arguments IS NULL
       OR jsonb_typeof(arguments) <> 'object' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a job has a task, a queue and an object of arguments';
    END IF;
    IF octet_length(arguments::text) > 8192 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'the arguments of a job are at most 8192 bytes of JSON';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.known_jobs AS k
                    WHERE k.name = enqueue_job_for.task AND k.queue = enqueue_job_for.queue) THEN
        RAISE invalid_parameter_value USING MESSAGE = 'there is no such job; manage.py migrate adds those of a release';
    END IF;
    SELECT count(*) INTO waiting FROM (
        SELECT 1 FROM public.procrastinate_jobs
         WHERE status = 'todo' AND coalesce(args ->> 'organization_id', '') = organization::text LIMIT 1000) AS those;
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

-- An earlier release looked at every organization that had a job waiting, due or not.
DROP FUNCTION IF EXISTS public.next_organization_with_a_job(text);

-- Organizations with a job whose time has come; jobs of the platform are one more, named ''. Where more than a thousand
-- such jobs wait, those that wait longest.
CREATE OR REPLACE FUNCTION public.organizations_with_a_due_job() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT organization), '{}') FROM (
        SELECT coalesce(args ->> 'organization_id', '') AS organization FROM public.procrastinate_jobs
         WHERE status = 'todo' AND scheduled_at IS NOT NULL AND scheduled_at <= now()
         ORDER BY scheduled_at LIMIT 1000) AS those
$$;

-- The next organization, behind `after` in their order, that has a job which is due: one that was never put off, or that is
-- among `due`. A step is one look-up in an index, however many jobs an organization has waiting, and however many
-- organizations wait for a time to come. (One statement for both beginnings, with OR, would read the index from its start.)
CREATE OR REPLACE FUNCTION public.next_organization_with_a_job(after text, due text[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    candidate text;
BEGIN
    IF after IS NULL THEN
        SELECT coalesce(args ->> 'organization_id', '') INTO candidate
          FROM public.procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL
         ORDER BY coalesce(args ->> 'organization_id', '') LIMIT 1;
    ELSE
        SELECT coalesce(args ->> 'organization_id', '') INTO candidate
          FROM public.procrastinate_jobs
         WHERE status = 'todo' AND scheduled_at IS NULL AND coalesce(args ->> 'organization_id', '') > after
         ORDER BY coalesce(args ->> 'organization_id', '') LIMIT 1;
    END IF;
    RETURN least(candidate, (SELECT min(name) FROM unnest(due) AS d (name) WHERE after IS NULL OR name > after));
END
$$;

-- Take that organization's first job which is due, which nobody else is taking, and whose lock is free.
CREATE OR REPLACE FUNCTION public.fetch_job_of(organization text, queues text[], worker bigint)
RETURNS SETOF public.procrastinate_jobs
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE public.procrastinate_jobs AS taken SET status = 'doing', worker_id = worker
     WHERE taken.id = (
        SELECT id FROM public.procrastinate_jobs AS j
         WHERE status = 'todo' AND coalesce(args ->> 'organization_id', '') = organization
           AND coalesce(scheduled_at, '-infinity'::timestamptz) <= now()
           AND (queues IS NULL OR queue_name = ANY (queues))
           AND (lock IS NULL OR NOT EXISTS (
                SELECT 1 FROM public.procrastinate_jobs AS other WHERE other.lock = j.lock AND other.status = 'doing'))
         ORDER BY coalesce(args ->> 'organization_id', ''), coalesce(scheduled_at, '-infinity'::timestamptz), id
         LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING taken.*
$$;

-- Go once around, beginning behind `after`: the first organization none of whose jobs is being done has its turn, else
-- the one of which fewest are. So a free worker never goes to whoever has more of them than another who waits.
CREATE OR REPLACE FUNCTION public.fetch_next_job(queues text[], worker bigint, after text)
RETURNS SETOF public.procrastinate_jobs
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    busy jsonb := (SELECT coalesce(jsonb_object_agg(organization, jobs), '{}') FROM (
        SELECT coalesce(args ->> 'organization_id', '') AS organization, count(*) AS jobs
          FROM public.procrastinate_jobs WHERE status = 'doing' AND worker_id IS NOT NULL GROUP BY 1) AS those);
    others text[] := '{}';
    due text[] := public.organizations_with_a_due_job();
    candidate text := public.next_organization_with_a_job(after, due);
    around boolean := candidate IS NULL;
BEGIN
    IF around THEN
        candidate := public.next_organization_with_a_job(NULL, due);
    END IF;
    WHILE candidate IS NOT NULL AND NOT (around AND candidate > after) LOOP
        IF busy ? candidate THEN
            others := others || candidate;
        ELSE
            RETURN QUERY SELECT * FROM public.fetch_job_of(candidate, queues, worker);
            IF FOUND THEN
                RETURN;
            END IF;
        END IF;
        candidate := public.next_organization_with_a_job(candidate, due);
        IF candidate IS NULL AND NOT around THEN
            around := true;
            candidate := public.next_organization_with_a_job(NULL, due);
        END IF;
    END LOOP;
    FOR candidate IN SELECT name FROM unnest(others) WITH ORDINALITY AS o (name, turn)
                      ORDER BY (busy ->> name)::integer, turn LOOP
        RETURN QUERY SELECT * FROM public.fetch_job_of(candidate, queues, worker);
        IF FOUND THEN
            RETURN;
        END IF;
    END LOOP;
END
$$;
