-- Enqueueing a job (procrastinate) for the caller's organization, or as the control role for one that is named.

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
