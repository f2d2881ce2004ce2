--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: org_00000000000000000000000000000000; Type: SCHEMA; Schema: -; Owner: workix_upgrade_owner
--

CREATE SCHEMA org_00000000000000000000000000000000;


ALTER SCHEMA org_00000000000000000000000000000000 OWNER TO workix_upgrade_owner;

--
-- Name: org_01a2160d04b779b585ee66ae775c4e15; Type: SCHEMA; Schema: -; Owner: workix_upgrade_owner
--

CREATE SCHEMA org_01a2160d04b779b585ee66ae775c4e15;


ALTER SCHEMA org_01a2160d04b779b585ee66ae775c4e15 OWNER TO workix_upgrade_owner;

--
-- Name: org_01a2160d07be7d66a4b45c70dc68f049; Type: SCHEMA; Schema: -; Owner: workix_upgrade_owner
--

CREATE SCHEMA org_01a2160d07be7d66a4b45c70dc68f049;


ALTER SCHEMA org_01a2160d07be7d66a4b45c70dc68f049 OWNER TO workix_upgrade_owner;

--
-- Name: org_01a2160d0a75795598633403de130230; Type: SCHEMA; Schema: -; Owner: workix_upgrade_owner
--

CREATE SCHEMA org_01a2160d0a75795598633403de130230;


ALTER SCHEMA org_01a2160d0a75795598633403de130230 OWNER TO workix_upgrade_owner;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: pg_database_owner
--



ALTER SCHEMA public OWNER TO pg_database_owner;

--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: pg_database_owner
--

COMMENT ON SCHEMA public IS 'standard public schema';


--
-- Name: procrastinate_job_event_type; Type: TYPE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);


ALTER TYPE public.procrastinate_job_event_type OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_job_status; Type: TYPE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);


ALTER TYPE public.procrastinate_job_status OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_job_to_defer_v1; Type: TYPE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);


ALTER TYPE public.procrastinate_job_to_defer_v1 OWNER TO workix_upgrade_owner;

--
-- Name: add_my_directory_line(text); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.add_my_directory_line(address text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
    mine uuid := public.my_organization_id();
BEGIN
    IF mine IS NULL OR address IS NULL OR address !~ '^[0-9a-f]{64}$' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a directory line is the keyed hash of an address';
    END IF;
    INSERT INTO public.directory (id, address_hash, organization_id) VALUES (gen_random_uuid(), address, mine)
    ON CONFLICT DO NOTHING;
END
$_$;


ALTER FUNCTION public.add_my_directory_line(address text) OWNER TO workix_upgrade_owner;

--
-- Name: begin_counting(text, integer); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.begin_counting(wanted text, amount integer) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


ALTER FUNCTION public.begin_counting(wanted text, amount integer) OWNER TO workix_upgrade_owner;

--
-- Name: begin_quota_period(uuid, text, date); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.begin_quota_period(mine uuid, wanted text, this_month date) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


ALTER FUNCTION public.begin_quota_period(mine uuid, wanted text, this_month date) OWNER TO workix_upgrade_owner;

--
-- Name: cancel_my_removal(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.cancel_my_removal() RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH called_off AS (
        UPDATE public.organizations SET removal_due_at = NULL
         WHERE schema_name = session_user AND removal_due_at IS NOT NULL AND deleted_at IS NULL RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM called_off)
$$;


ALTER FUNCTION public.cancel_my_removal() OWNER TO workix_upgrade_owner;

--
-- Name: confirm_my_organization(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.confirm_my_organization() RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH confirmed AS (
        UPDATE public.organizations SET status = 'active'
         WHERE schema_name = session_user AND status = 'pending' AND deleted_at IS NULL RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM confirmed)
$$;


ALTER FUNCTION public.confirm_my_organization() OWNER TO workix_upgrade_owner;

--
-- Name: count_seats(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.count_seats() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


ALTER FUNCTION public.count_seats() OWNER TO workix_upgrade_owner;

--
-- Name: enqueue_job(text, text, jsonb); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.enqueue_job(queue text, task text, arguments jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    mine uuid := public.my_organization_id();
BEGIN
    IF mine IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'only an organization''s own role may enqueue its jobs';
    END IF;
    PERFORM public.enqueue_job_for(mine, queue, task, arguments);
END
$$;


ALTER FUNCTION public.enqueue_job(queue text, task text, arguments jsonb) OWNER TO workix_upgrade_owner;

--
-- Name: enqueue_job_for(uuid, text, text, jsonb); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.enqueue_job_for(organization uuid, queue text, task text, arguments jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    stamped jsonb := arguments || jsonb_build_object('organization_id', organization);
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
        ROW(queue, task, 0, NULL, NULL, stamped, NULL)::public.procrastinate_job_to_defer_v1]))[1];
END
$_$;


ALTER FUNCTION public.enqueue_job_for(organization uuid, queue text, task text, arguments jsonb) OWNER TO workix_upgrade_owner;

--
-- Name: give_back_quota(text, integer); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.give_back_quota(wanted text, amount integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    mine uuid := public.begin_counting(wanted, amount);
BEGIN
    UPDATE public.quotas SET used = used - amount
     WHERE organization_id = mine AND resource = wanted AND used >= amount;
    RETURN FOUND;
END
$$;


ALTER FUNCTION public.give_back_quota(wanted text, amount integer) OWNER TO workix_upgrade_owner;

--
-- Name: my_organization(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.my_organization() RETURNS TABLE(id uuid, name character varying, slug character varying, plan character varying, status character varying, max_users integer, max_pipelines integer, max_executions_per_month integer, created_at timestamp with time zone, updated_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT o.id, o.name, o.slug, o.plan, o.status, o.max_users, o.max_pipelines, o.max_executions_per_month,
           o.created_at, o.updated_at
      FROM public.organizations AS o WHERE o.schema_name = session_user AND o.deleted_at IS NULL
$$;


ALTER FUNCTION public.my_organization() OWNER TO workix_upgrade_owner;

--
-- Name: my_organization_id(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.my_organization_id() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT id FROM public.organizations WHERE schema_name = session_user AND deleted_at IS NULL
$$;


ALTER FUNCTION public.my_organization_id() OWNER TO workix_upgrade_owner;

--
-- Name: my_organization_is_open(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.my_organization_is_open() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT coalesce((SELECT is_active FROM public.organizations WHERE schema_name = session_user), false)
$$;


ALTER FUNCTION public.my_organization_is_open() OWNER TO workix_upgrade_owner;

--
-- Name: my_past_usage(text); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.my_past_usage(wanted text) RETURNS TABLE(period_starts_on date, "limit" integer, used integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT p.period_starts_on, p."limit", p.used FROM public.past_usage AS p
     WHERE p.organization_id = public.my_organization_id() AND p.resource = wanted
     ORDER BY p.period_starts_on DESC LIMIT 1200
$$;


ALTER FUNCTION public.my_past_usage(wanted text) OWNER TO workix_upgrade_owner;

--
-- Name: my_quotas(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.my_quotas() RETURNS TABLE(resource character varying, "limit" integer, used integer, reserved integer, period character varying, period_starts_on date)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT q.resource, q."limit",
           CASE WHEN q.period = 'none' OR q.period_starts_on >= this_month THEN q.used ELSE 0 END,
           CASE WHEN q.period = 'none' OR q.period_starts_on >= this_month THEN q.reserved ELSE 0 END,
           q.period, greatest(q.period_starts_on, CASE WHEN q.period = 'month' THEN this_month END)
      FROM public.quotas AS q,
           CAST(date_trunc('month', now() AT TIME ZONE 'UTC') AS date) AS this_month
     WHERE q.organization_id = public.my_organization_id()
     ORDER BY q.resource
$$;


ALTER FUNCTION public.my_quotas() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_cancel_job_v1(bigint, boolean, boolean); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;


ALTER FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_defer_jobs_v1(public.procrastinate_job_to_defer_v1[]); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;


ALTER FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_defer_periodic_job_v2(character varying, character varying, character varying, character varying, integer, character varying, bigint, jsonb); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


ALTER FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) OWNER TO workix_upgrade_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: procrastinate_jobs; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);


ALTER TABLE public.procrastinate_jobs OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_fetch_job_v2(character varying[], bigint); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;


ALTER FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_finish_job_v1(bigint, public.procrastinate_job_status, boolean); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;


ALTER FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_notify_queue_abort_job_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


ALTER FUNCTION public.procrastinate_notify_queue_abort_job_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_notify_queue_job_inserted_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


ALTER FUNCTION public.procrastinate_notify_queue_job_inserted_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_prune_stalled_workers_v1(double precision); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;


ALTER FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_register_worker_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;


ALTER FUNCTION public.procrastinate_register_worker_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_retry_job_v1(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;


ALTER FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_retry_job_v2(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;


ALTER FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_trigger_abort_requested_events_procedure_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;


ALTER FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_trigger_function_scheduled_events_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;


ALTER FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_trigger_function_status_events_insert_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;


ALTER FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_trigger_function_status_events_update_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;


ALTER FUNCTION public.procrastinate_trigger_function_status_events_update_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_unlink_periodic_defers_v1(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;


ALTER FUNCTION public.procrastinate_unlink_periodic_defers_v1() OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_unregister_worker_v1(bigint); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;


ALTER FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_update_heartbeat_v1(bigint); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;


ALTER FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) OWNER TO workix_upgrade_owner;

--
-- Name: remove_my_directory_line(text); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.remove_my_directory_line(address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    DELETE FROM public.directory WHERE address_hash = address AND organization_id = public.my_organization_id()
$$;


ALTER FUNCTION public.remove_my_directory_line(address text) OWNER TO workix_upgrade_owner;

--
-- Name: rename_my_organization(text); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.rename_my_organization(wanted text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.organizations SET name = wanted, updated_at = transaction_timestamp()
     WHERE schema_name = session_user AND deleted_at IS NULL
$$;


ALTER FUNCTION public.rename_my_organization(wanted text) OWNER TO workix_upgrade_owner;

--
-- Name: schedule_my_removal(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.schedule_my_removal() RETURNS timestamp with time zone
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.organizations SET removal_due_at = coalesce(removal_due_at, transaction_timestamp() + interval '30 days')
     WHERE schema_name = session_user AND deleted_at IS NULL RETURNING removal_due_at
$$;


ALTER FUNCTION public.schedule_my_removal() OWNER TO workix_upgrade_owner;

--
-- Name: take_quota(text, integer); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.take_quota(wanted text, amount integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    mine uuid := public.begin_counting(wanted, amount);
BEGIN
    UPDATE public.quotas SET used = used + amount
     WHERE organization_id = mine AND resource = wanted AND "limit"::bigint - used - reserved >= amount;
    RETURN FOUND;
END
$$;


ALTER FUNCTION public.take_quota(wanted text, amount integer) OWNER TO workix_upgrade_owner;

--
-- Name: witness(); Type: FUNCTION; Schema: public; Owner: workix_upgrade_owner
--

CREATE FUNCTION public.witness() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
    secret  text[] := string_to_array(TG_ARGV[1], ',');
    silent  text[] := string_to_array(TG_ARGV[2], ',');
    before  jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    after   jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    context jsonb := coalesce(nullif(current_setting('workix.context', true), ''), '{"actor_type": "database"}');
    changes jsonb;
    verb    text;
BEGIN
    SELECT jsonb_object_agg(key, CASE WHEN key = ANY (secret) THEN '["[redacted]", "[redacted]"]'
                                      ELSE jsonb_build_array(before -> key, after -> key) END)
      INTO changes
      FROM jsonb_object_keys(before || after) AS key
     WHERE key <> ALL (silent) AND coalesce(before -> key, 'null') <> coalesce(after -> key, 'null');
    IF changes IS NULL AND TG_OP = 'UPDATE' THEN
        RETURN NULL;
    END IF;
    verb := CASE
        WHEN TG_OP = 'INSERT' THEN 'created'
        WHEN TG_OP = 'DELETE' THEN 'deleted'
        WHEN before ->> 'deleted_at' IS NULL AND after ->> 'deleted_at' IS NOT NULL THEN 'deleted'
        ELSE 'updated' END;
    EXECUTE format(
        'INSERT INTO %I.audit_logs (user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id,
                                    changes, reason, ip_address, user_agent, request_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', TG_TABLE_SCHEMA)
    USING (context ->> 'user_id')::uuid,
          context ->> 'actor_type',
          (context ->> 'actor_id')::uuid,
          coalesce(context ->> 'actor_label', ''),
          TG_ARGV[0] || '.' || verb,
          TG_ARGV[0],
          coalesce(after ->> 'id', before ->> 'id', ''),
          coalesce(changes, '{}'),
          coalesce(context ->> 'reason', ''),
          coalesce(context ->> 'ip_address', ''),
          coalesce(context ->> 'user_agent', ''),
          coalesce(context ->> 'request_id', '');
    RETURN NULL;
END
$_$;


ALTER FUNCTION public.witness() OWNER TO workix_upgrade_owner;

--
-- Name: answers; Type: TABLE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TABLE org_00000000000000000000000000000000.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE org_00000000000000000000000000000000.answers OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TABLE org_00000000000000000000000000000000.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    user_id uuid,
    actor_type character varying(20) NOT NULL,
    actor_id uuid,
    actor_label character varying(255) DEFAULT ''::character varying NOT NULL,
    action character varying(50) NOT NULL,
    resource_type character varying(50) NOT NULL,
    resource_id character varying(255) DEFAULT ''::character varying NOT NULL,
    changes jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason character varying(500) DEFAULT ''::character varying NOT NULL,
    ip_address character varying(45) DEFAULT ''::character varying NOT NULL,
    user_agent character varying(500) DEFAULT ''::character varying NOT NULL,
    request_id character varying(100) DEFAULT ''::character varying NOT NULL,
    database_role character varying(63) DEFAULT (SESSION_USER)::character varying NOT NULL,
    witnessed boolean DEFAULT (pg_trigger_depth() > 0) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '00000000-0000-0000-0000-000000000000'::uuid))
);


ALTER TABLE org_00000000000000000000000000000000.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations; Type: TABLE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TABLE org_00000000000000000000000000000000.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE org_00000000000000000000000000000000.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE org_00000000000000000000000000000000.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME org_00000000000000000000000000000000.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TABLE org_00000000000000000000000000000000.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE org_00000000000000000000000000000000.django_session OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TABLE org_00000000000000000000000000000000.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE org_00000000000000000000000000000000.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TABLE org_00000000000000000000000000000000.sessions (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    refresh_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ip_address character varying(45) NOT NULL,
    user_agent character varying(500) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE org_00000000000000000000000000000000.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TABLE org_00000000000000000000000000000000.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY ((ARRAY['admin'::character varying, 'user'::character varying, 'viewer'::character varying])::text[])))
);


ALTER TABLE org_00000000000000000000000000000000.users OWNER TO workix_upgrade_owner;

--
-- Name: answers; Type: TABLE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d04b779b585ee66ae775c4e15.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.answers OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT '01a2160d-04b7-79b5-85ee-66ae775c4e15'::uuid NOT NULL,
    user_id uuid,
    actor_type character varying(20) NOT NULL,
    actor_id uuid,
    actor_label character varying(255) DEFAULT ''::character varying NOT NULL,
    action character varying(50) NOT NULL,
    resource_type character varying(50) NOT NULL,
    resource_id character varying(255) DEFAULT ''::character varying NOT NULL,
    changes jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason character varying(500) DEFAULT ''::character varying NOT NULL,
    ip_address character varying(45) DEFAULT ''::character varying NOT NULL,
    user_agent character varying(500) DEFAULT ''::character varying NOT NULL,
    request_id character varying(100) DEFAULT ''::character varying NOT NULL,
    database_role character varying(63) DEFAULT (SESSION_USER)::character varying NOT NULL,
    witnessed boolean DEFAULT (pg_trigger_depth() > 0) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a2160d-04b7-79b5-85ee-66ae775c4e15'::uuid))
);


ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations; Type: TABLE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d04b779b585ee66ae775c4e15.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME org_01a2160d04b779b585ee66ae775c4e15.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d04b779b585ee66ae775c4e15.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.django_session OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d04b779b585ee66ae775c4e15.sessions (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    refresh_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ip_address character varying(45) NOT NULL,
    user_agent character varying(500) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d04b779b585ee66ae775c4e15.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid DEFAULT '01a2160d-04b7-79b5-85ee-66ae775c4e15'::uuid NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a2160d-04b7-79b5-85ee-66ae775c4e15'::uuid)),
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY (ARRAY[('admin'::character varying)::text, ('user'::character varying)::text, ('viewer'::character varying)::text])))
);


ALTER TABLE org_01a2160d04b779b585ee66ae775c4e15.users OWNER TO workix_upgrade_owner;

--
-- Name: answers; Type: TABLE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d07be7d66a4b45c70dc68f049.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.answers OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT '01a2160d-07be-7d66-a4b4-5c70dc68f049'::uuid NOT NULL,
    user_id uuid,
    actor_type character varying(20) NOT NULL,
    actor_id uuid,
    actor_label character varying(255) DEFAULT ''::character varying NOT NULL,
    action character varying(50) NOT NULL,
    resource_type character varying(50) NOT NULL,
    resource_id character varying(255) DEFAULT ''::character varying NOT NULL,
    changes jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason character varying(500) DEFAULT ''::character varying NOT NULL,
    ip_address character varying(45) DEFAULT ''::character varying NOT NULL,
    user_agent character varying(500) DEFAULT ''::character varying NOT NULL,
    request_id character varying(100) DEFAULT ''::character varying NOT NULL,
    database_role character varying(63) DEFAULT (SESSION_USER)::character varying NOT NULL,
    witnessed boolean DEFAULT (pg_trigger_depth() > 0) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a2160d-07be-7d66-a4b4-5c70dc68f049'::uuid))
);


ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations; Type: TABLE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME org_01a2160d07be7d66a4b45c70dc68f049.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d07be7d66a4b45c70dc68f049.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.django_session OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d07be7d66a4b45c70dc68f049.sessions (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    refresh_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ip_address character varying(45) NOT NULL,
    user_agent character varying(500) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d07be7d66a4b45c70dc68f049.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid DEFAULT '01a2160d-07be-7d66-a4b4-5c70dc68f049'::uuid NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a2160d-07be-7d66-a4b4-5c70dc68f049'::uuid)),
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY (ARRAY[('admin'::character varying)::text, ('user'::character varying)::text, ('viewer'::character varying)::text])))
);


ALTER TABLE org_01a2160d07be7d66a4b45c70dc68f049.users OWNER TO workix_upgrade_owner;

--
-- Name: answers; Type: TABLE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d0a75795598633403de130230.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE org_01a2160d0a75795598633403de130230.answers OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d0a75795598633403de130230.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT '01a2160d-0a75-7955-9863-3403de130230'::uuid NOT NULL,
    user_id uuid,
    actor_type character varying(20) NOT NULL,
    actor_id uuid,
    actor_label character varying(255) DEFAULT ''::character varying NOT NULL,
    action character varying(50) NOT NULL,
    resource_type character varying(50) NOT NULL,
    resource_id character varying(255) DEFAULT ''::character varying NOT NULL,
    changes jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason character varying(500) DEFAULT ''::character varying NOT NULL,
    ip_address character varying(45) DEFAULT ''::character varying NOT NULL,
    user_agent character varying(500) DEFAULT ''::character varying NOT NULL,
    request_id character varying(100) DEFAULT ''::character varying NOT NULL,
    database_role character varying(63) DEFAULT (SESSION_USER)::character varying NOT NULL,
    witnessed boolean DEFAULT (pg_trigger_depth() > 0) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a2160d-0a75-7955-9863-3403de130230'::uuid))
);


ALTER TABLE org_01a2160d0a75795598633403de130230.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations; Type: TABLE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d0a75795598633403de130230.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE org_01a2160d0a75795598633403de130230.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE org_01a2160d0a75795598633403de130230.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME org_01a2160d0a75795598633403de130230.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d0a75795598633403de130230.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE org_01a2160d0a75795598633403de130230.django_session OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d0a75795598633403de130230.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a2160d0a75795598633403de130230.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d0a75795598633403de130230.sessions (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    refresh_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ip_address character varying(45) NOT NULL,
    user_agent character varying(500) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a2160d0a75795598633403de130230.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a2160d0a75795598633403de130230.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid DEFAULT '01a2160d-0a75-7955-9863-3403de130230'::uuid NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a2160d-0a75-7955-9863-3403de130230'::uuid)),
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY (ARRAY[('admin'::character varying)::text, ('user'::character varying)::text, ('viewer'::character varying)::text])))
);


ALTER TABLE org_01a2160d0a75795598633403de130230.users OWNER TO workix_upgrade_owner;

--
-- Name: answers; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE public.answers OWNER TO workix_upgrade_owner;

--
-- Name: attempts; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.attempts (
    key character varying(64) NOT NULL,
    count integer NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT attempts_count_check CHECK ((count >= 0))
);


ALTER TABLE public.attempts OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid,
    user_id uuid,
    actor_type character varying(20) NOT NULL,
    actor_id uuid,
    actor_label character varying(255) DEFAULT ''::character varying NOT NULL,
    action character varying(50) NOT NULL,
    resource_type character varying(50) NOT NULL,
    resource_id character varying(255) DEFAULT ''::character varying NOT NULL,
    changes jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason character varying(500) DEFAULT ''::character varying NOT NULL,
    ip_address character varying(45) DEFAULT ''::character varying NOT NULL,
    user_agent character varying(500) DEFAULT ''::character varying NOT NULL,
    request_id character varying(100) DEFAULT ''::character varying NOT NULL,
    database_role character varying(63) DEFAULT (SESSION_USER)::character varying NOT NULL,
    witnessed boolean DEFAULT (pg_trigger_depth() > 0) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


ALTER TABLE public.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: blueprint; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.blueprint (
    id smallint NOT NULL,
    fingerprint character varying(64) NOT NULL,
    script text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    CONSTRAINT blueprint_id_check CHECK ((id >= 0)),
    CONSTRAINT there_is_one_blueprint CHECK ((id = 1))
);


ALTER TABLE public.blueprint OWNER TO workix_upgrade_owner;

--
-- Name: directory; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.directory (
    id uuid NOT NULL,
    address_hash character varying(64) NOT NULL,
    organization_id uuid NOT NULL
);


ALTER TABLE public.directory OWNER TO workix_upgrade_owner;

--
-- Name: django_admin_log; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id uuid NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);


ALTER TABLE public.django_admin_log OWNER TO workix_upgrade_owner;

--
-- Name: django_admin_log_id_seq; Type: SEQUENCE; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_content_type; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


ALTER TABLE public.django_content_type OWNER TO workix_upgrade_owner;

--
-- Name: django_content_type_id_seq; Type: SEQUENCE; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE public.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE public.django_session OWNER TO workix_upgrade_owner;

--
-- Name: domains; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.domains (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    host character varying(253) NOT NULL,
    is_primary boolean NOT NULL,
    organization_id uuid NOT NULL,
    CONSTRAINT host_is_lower_case CHECK (((host)::text = lower((host)::text)))
);


ALTER TABLE public.domains OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE public.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: organizations; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.organizations (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    name character varying(255) NOT NULL,
    slug character varying(100) NOT NULL,
    plan character varying(20) NOT NULL,
    status character varying(20) NOT NULL,
    max_users integer NOT NULL,
    max_pipelines integer NOT NULL,
    max_executions_per_month integer NOT NULL,
    schema_name character varying(63) NOT NULL,
    credential_version integer NOT NULL,
    removal_due_at timestamp with time zone,
    is_active boolean GENERATED ALWAYS AS (
CASE
    WHEN (((status)::text = 'active'::text) AND (deleted_at IS NULL)) THEN true
    ELSE false
END) STORED,
    CONSTRAINT organization_has_a_known_plan CHECK (((plan)::text = ANY ((ARRAY['free'::character varying, 'pro'::character varying, 'enterprise'::character varying])::text[]))),
    CONSTRAINT organization_has_a_known_status CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'active'::character varying, 'suspended'::character varying])::text[]))),
    CONSTRAINT organizations_credential_version_check CHECK ((credential_version >= 0)),
    CONSTRAINT organizations_max_executions_per_month_check CHECK ((max_executions_per_month >= 0)),
    CONSTRAINT organizations_max_pipelines_check CHECK ((max_pipelines >= 0)),
    CONSTRAINT organizations_max_users_check CHECK ((max_users >= 0))
);


ALTER TABLE public.organizations OWNER TO workix_upgrade_owner;

--
-- Name: past_usage; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.past_usage (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    organization_id uuid NOT NULL,
    resource character varying(50) NOT NULL,
    period_starts_on date NOT NULL,
    "limit" integer NOT NULL,
    used integer NOT NULL,
    CONSTRAINT past_usage_limit_check CHECK (("limit" >= 0)),
    CONSTRAINT past_usage_used_check CHECK ((used >= 0))
);


ALTER TABLE public.past_usage OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_events; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);


ALTER TABLE public.procrastinate_events OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE; Schema: public; Owner: workix_upgrade_owner
--

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_events_id_seq OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: workix_upgrade_owner
--

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE; Schema: public; Owner: workix_upgrade_owner
--

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: workix_upgrade_owner
--

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;


--
-- Name: procrastinate_periodic_defers; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);


ALTER TABLE public.procrastinate_periodic_defers OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE; Schema: public; Owner: workix_upgrade_owner
--

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: workix_upgrade_owner
--

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;


--
-- Name: procrastinate_workers; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.procrastinate_workers OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: quotas; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.quotas (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    organization_id uuid NOT NULL,
    resource character varying(50) NOT NULL,
    "limit" integer NOT NULL,
    used integer NOT NULL,
    reserved integer NOT NULL,
    period character varying(10) NOT NULL,
    period_starts_on date NOT NULL,
    CONSTRAINT quota_reserved_is_not_negative CHECK ((reserved >= 0)),
    CONSTRAINT quota_used_is_not_negative CHECK ((used >= 0)),
    CONSTRAINT quotas_limit_check CHECK (("limit" >= 0)),
    CONSTRAINT quotas_reserved_check CHECK ((reserved >= 0)),
    CONSTRAINT quotas_used_check CHECK ((used >= 0))
);


ALTER TABLE public.quotas OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    refresh_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ip_address character varying(45) NOT NULL,
    user_agent character varying(500) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: public; Owner: workix_upgrade_owner
--

CREATE TABLE public.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY ((ARRAY['admin'::character varying, 'user'::character varying, 'viewer'::character varying])::text[])))
);


ALTER TABLE public.users OWNER TO workix_upgrade_owner;

--
-- Name: procrastinate_events id; Type: DEFAULT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);


--
-- Name: procrastinate_jobs id; Type: DEFAULT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);


--
-- Name: procrastinate_periodic_defers id; Type: DEFAULT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);


--
-- Data for Name: answers; Type: TABLE DATA; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--



--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--



--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:11:20.687516+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:11:20.691772+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:11:20.70022+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:11:20.708646+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:11:20.716943+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:11:20.736336+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:11:20.746372+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:11:20.748498+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:11:20.753608+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:11:20.755298+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:11:20.757025+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:11:20.758819+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:11:20.760593+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:11:20.76236+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:11:20.764086+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:11:20.76586+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:11:20.767579+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:11:20.76943+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:11:20.771145+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:11:20.772848+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:11:20.774531+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:11:20.776224+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:11:20.777951+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:11:20.779679+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:11:20.781451+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:11:20.783164+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:11:20.785+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:11:20.789489+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:11:20.852416+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:11:20.854325+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:11:20.856172+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:11:20.864875+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:11:20.869126+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:11:20.871239+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:11:20.876278+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:11:20.881578+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:11:20.884989+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:11:20.889336+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:11:20.893292+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:11:20.897423+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:11:20.901482+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:11:20.905309+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:11:20.911033+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:11:20.913319+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:11:20.915218+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:11:20.917134+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:11:20.919445+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:11:20.921254+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:11:20.927285+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:11:20.935189+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:11:20.945913+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--



--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--



--
-- Data for Name: sessions; Type: TABLE DATA; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--



--
-- Data for Name: users; Type: TABLE DATA; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--



--
-- Data for Name: answers; Type: TABLE DATA; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.answers (id, fingerprint, status, headers, body, created_at) VALUES ('6c61084c56d7301767f0fb4dc041ed8762ab2153cbb9dc927c93f0715bf1369b', '1fe7d0d0c809ad3129adbf0b28cd03ab9859be233a4654ff5db3caf913d122c3', 201, '{"Location": "/api/v1/users/01a2160d-0d42-7def-9352-72b17d188343/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a2160d-0d42-7def-9352-72b17d188343","email":"bob@acme.example","first_name":"Bob","last_name":"","role":"user","is_active":true,"created_at":"2026-11-26T04:11:23.842740Z","updated_at":"2026-11-26T04:11:23.842766Z","last_login":null}', '2026-11-26 04:11:23.575906+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.answers (id, fingerprint, status, headers, body, created_at) VALUES ('b1cc68a0d0ef53340941898681c803d9e548bd8038e3f61a3b16b14f8820a7a0', '6880e2ace7988f74f0a37cb648ada216b4bb73606acd22d88d5ab13375a2b4d3', 201, '{"Location": "/api/v1/users/01a2160d-0e77-7371-a024-07ebcaae2156/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a2160d-0e77-7371-a024-07ebcaae2156","email":"vera@acme.example","first_name":"Vera","last_name":"","role":"viewer","is_active":true,"created_at":"2026-11-26T04:11:24.152359Z","updated_at":"2026-11-26T04:11:24.152385Z","last_login":null}', '2026-11-26 04:11:23.868356+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.answers (id, fingerprint, status, headers, body, created_at) VALUES ('bc7330e86818414b9b32478a13a2aa48d9cad76f680a02b4499250f5d618f31f', '84c499627aa041cc89ee93cb20c46b49ec8a9abc9ef8cf9c54ff60bc7925b393', 201, '{"Location": "/api/v1/users/01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf","email":"carl@acme.example","first_name":"Carl","last_name":"","role":"viewer","is_active":true,"created_at":"2026-11-26T04:11:24.452906Z","updated_at":"2026-11-26T04:11:24.452932Z","last_login":null}', '2026-11-26 04:11:24.166221+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.answers (id, fingerprint, status, headers, body, created_at) VALUES ('2b1bbe02aef41862090201a711bc8bc64eb12ad14000f87cae64f2d297f7254c', '4b1bfd632a61210aded838cb58de3563ce499e6c0cc45596ece29e885f9bc1ea', 201, '{"Content-Type": "text/html; charset=utf-8"}', '{"resource":"pipelines","limit":10,"used":3,"reserved":0,"remaining":7,"period":"none","resets_at":null}', '2026-11-26 04:11:27.480676+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('a56c8e93-33aa-4c48-b8ab-d4c477e20107', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'user.created', 'user', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', '{"id": [null, "01a2160d-04b7-7440-a2ae-fe6ca9116dbb"], "role": [null, "admin"], "email": [null, "alice@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:21.689522+00:00"], "first_name": [null, "Alice"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-04b7-79b5-85ee-66ae775c4e15"]}', '', '127.0.0.1', '', '01a2160d02ec785b9da49cd644b7f659', 'workix_upgrade_owner', true, '2026-11-26 04:11:21.69277+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('8594ace0-6d34-4fa1-bd2b-662587878ec0', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'organization.opened', 'organization', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '{"name": "Acme", "plan": "free", "slug": "acme", "quotas": {"users": 5, "pipelines": 10, "executions": 1000}}', '', '127.0.0.1', '', '01a2160d02ec785b9da49cd644b7f659', 'workix_upgrade_owner', false, '2026-11-26 04:11:21.700515+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('64a5ea54-15e0-413f-897e-f3d7dd084c86', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'user.updated', 'user', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', '{"email_confirmed_at": [null, "2026-11-26T04:11:21.849366+00:00"]}', '', '127.0.0.1', '', '01a2160d0578773d98d38ded5de6d616', 'org_01a2160d04b779b585ee66ae775c4e15', true, '2026-11-26 04:11:21.865183+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('6c8eac1c-cbdd-48a0-917b-be45d24e3956', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'user.email_confirmed', 'user', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', '{}', '', '127.0.0.1', '', '01a2160d0578773d98d38ded5de6d616', 'org_01a2160d04b779b585ee66ae775c4e15', false, '2026-11-26 04:11:21.867729+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('98b7c4c8-5a80-4f7f-972b-efcf1d927d7b', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'session.started', 'session', '01a2160d-06a9-7e5f-b8d7-39d1fcd24a51', '{}', '', '127.0.0.1', '', '01a2160d058d79cba8b648a88c5ec8af', 'org_01a2160d04b779b585ee66ae775c4e15', false, '2026-11-26 04:11:22.158014+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('5a25038b-3a88-477d-98b8-a9e8073b32eb', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'user.created', 'user', '01a2160d-0d42-7def-9352-72b17d188343', '{"id": [null, "01a2160d-0d42-7def-9352-72b17d188343"], "role": [null, "user"], "email": [null, "bob@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:23.84274+00:00"], "first_name": [null, "Bob"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-04b7-79b5-85ee-66ae775c4e15"]}', '', '127.0.0.1', '', '01a2160d0c2a72319ed8242bee5b79fb', 'org_01a2160d04b779b585ee66ae775c4e15', true, '2026-11-26 04:11:23.846512+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('67db29f0-ccb1-4781-9f64-c67668ae83e4', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'user.created', 'user', '01a2160d-0e77-7371-a024-07ebcaae2156', '{"id": [null, "01a2160d-0e77-7371-a024-07ebcaae2156"], "role": [null, "viewer"], "email": [null, "vera@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:24.152359+00:00"], "first_name": [null, "Vera"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-04b7-79b5-85ee-66ae775c4e15"]}', '', '127.0.0.1', '', '01a2160d0d537b70bbd350fa0ee899cd', 'org_01a2160d04b779b585ee66ae775c4e15', true, '2026-11-26 04:11:24.153815+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('02a3d28b-43cf-451c-a755-9531d47cca0c', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'user.created', 'user', '01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf', '{"id": [null, "01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf"], "role": [null, "viewer"], "email": [null, "carl@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:24.452906+00:00"], "first_name": [null, "Carl"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-04b7-79b5-85ee-66ae775c4e15"]}', '', '127.0.0.1', '', '01a2160d0e8176d59f3d329afce89d33', 'org_01a2160d04b779b585ee66ae775c4e15', true, '2026-11-26 04:11:24.454442+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('6c12cd64-1851-4de7-867d-1819c18663c1', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-0d42-7def-9352-72b17d188343', 'person', '01a2160d-0d42-7def-9352-72b17d188343', 'bob@acme.example', 'user.updated', 'user', '01a2160d-0d42-7def-9352-72b17d188343', '{"email_confirmed_at": [null, "2026-11-26T04:11:24.58095+00:00"]}', '', '127.0.0.1', '', '01a2160d1024773191b2d159816f8926', 'org_01a2160d04b779b585ee66ae775c4e15', true, '2026-11-26 04:11:24.589471+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('58bb9cbc-9f03-4339-ad37-3427039cc9d6', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-0d42-7def-9352-72b17d188343', 'person', '01a2160d-0d42-7def-9352-72b17d188343', 'bob@acme.example', 'user.email_confirmed', 'user', '01a2160d-0d42-7def-9352-72b17d188343', '{}', '', '127.0.0.1', '', '01a2160d1024773191b2d159816f8926', 'org_01a2160d04b779b585ee66ae775c4e15', false, '2026-11-26 04:11:24.597142+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('d5a67564-9cdb-483e-a832-2d360ad2786e', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-0d42-7def-9352-72b17d188343', 'person', '01a2160d-0d42-7def-9352-72b17d188343', 'bob@acme.example', 'session.started', 'session', '01a2160d-120e-76c4-a90b-f4ea78a6ff60', '{}', '', '127.0.0.1', '', '01a2160d10397c7caf7781ea35bb377d', 'org_01a2160d04b779b585ee66ae775c4e15', false, '2026-11-26 04:11:25.077278+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('4adfa240-8727-459b-bd07-b7b2ddf22e70', '01a2160d-04b7-79b5-85ee-66ae775c4e15', NULL, 'anonymous', NULL, '', 'session.refused', 'user', '01a2160d-0d42-7def-9352-72b17d188343', '{"because": "wrong password"}', '', '127.0.0.1', '', '01a2160d121c7647a94b5c579bd3eaf4', 'org_01a2160d04b779b585ee66ae775c4e15', false, '2026-11-26 04:11:25.596273+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('ddeb0a8c-e282-4532-be5d-de82da2c6d0f', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'user.deleted', 'user', '01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf', '{"is_active": [true, false], "deleted_at": [null, "2026-11-26T04:11:25.612373+00:00"]}', '', '127.0.0.1', '', '01a2160d1425783da59d6ce0e014c38c', 'org_01a2160d04b779b585ee66ae775c4e15', true, '2026-11-26 04:11:25.624866+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('19354c70-16ca-41cb-9e35-a5362bedfdec', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'organization.renamed', 'organization', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '{"name": ["Acme", "Acme Ltd"]}', '', '127.0.0.1', '', '01a2160d1b857b83a13bacd2646df288', 'org_01a2160d04b779b585ee66ae775c4e15', false, '2026-11-26 04:11:27.49896+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('f7377e88-27fd-482b-ad8b-47afceea670e', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'person', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', 'alice@acme.example', 'session.started', 'session', '01a2160d-1c9e-766d-aeaa-d6efcc6c8d0d', '{}', '', '127.0.0.1', '', '01a2160d1b8d780daf3c57b1f627fb2d', 'org_01a2160d04b779b585ee66ae775c4e15', false, '2026-11-26 04:11:27.777879+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('1e157e09-78d6-44c5-92bd-fcf0c02365a7', '01a2160d-04b7-79b5-85ee-66ae775c4e15', NULL, 'system', NULL, 'root on the command line', 'organization.plan_changed', 'organization', '01a2160d-04b7-79b5-85ee-66ae775c4e15', '{"plan": ["free", "pro"], "users": [5, 3], "pipelines": [10, 5], "executions": [1000, 100]}', 'As agreed', '', '', '', 'workix_upgrade_owner', false, '2026-11-26 04:11:28.404147+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('4bbd3bb3-d93a-42a6-9930-4e13f0f958f3', '01a2160d-04b7-79b5-85ee-66ae775c4e15', NULL, 'database', NULL, '', 'user.updated', 'user', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb', '{"last_name": ["", "Raw"]}', '', '', '', '', 'postgres', true, '2026-11-26 04:11:29.540695+00');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:11:21.65659+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:11:21.65659+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.django_session (session_key, session_data, expire_date) VALUES ('mgi5arzdswntt2nkb62hecbgkoog6bcc', '.eJxdj0lqAzEURO-idWS-2hq9zAlyg6b-INoYusFyk0Xw3RODF3a2Rb1X1I-bsd-WeR92nc_qTo4CppBJPUUuvsRIHhPMd8uCFkJWZvfxijHkYuuDhci2r7dxeEbj8IUxvrerfj47b-CCsTwWESq00TGk1qeaoliusUdAqZZuZlRhXFLMChNOiZgrGIlabAh_0mFjnLf134MgzXzJWT0M8Jqti2SpSuruv1DaTqU:1xWQpT:_sh4t6nfiD-Me9zkx6gxT5V5NYTV0lUIK2yyr1hnPSg', '2126-11-02 04:11:27.78011+00');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-052b-74fd-8bb9-7363b4c1832f', '2026-11-26 04:11:21.772238+00', '2026-11-26 04:11:21.772262+00', 'confirm_email', '2f7d9e5c3a4896807f1895ec7c9dccd04ae5dbecfc802aa0e6fa97c37540e676', '2126-11-02 04:11:21.771139+00', '2026-11-26 04:11:21.849366+00', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-0ff6-7b82-8444-0fae49b1a752', '2026-11-26 04:11:24.535317+00', '2026-11-26 04:11:24.535337+00', 'confirm_email', '44202bd77cee473ae9a6a1e3998b574555b98405bd8491fd952c2105553a1d89', '2126-11-02 04:11:24.534751+00', NULL, '01a2160d-0e77-7371-a024-07ebcaae2156');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-100c-7b75-a4ad-4d9e5e42cbf0', '2026-11-26 04:11:24.556934+00', '2026-11-26 04:11:24.556952+00', 'confirm_email', '86e3d9084bfe8eb288e8406eaa036d2767b0278bc763d2c7a050d4a6309c07b9', '2126-11-02 04:11:24.556421+00', NULL, '01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-0fe8-7aad-9f73-17ed28cfaabc', '2026-11-26 04:11:24.520875+00', '2026-11-26 04:11:24.520894+00', 'confirm_email', '78f198c3a67bea029bbf3ea3d0c1ba3caa67314d05ace071a8df376929480d6c', '2126-11-02 04:11:24.520342+00', '2026-11-26 04:11:24.58095+00', '01a2160d-0d42-7def-9352-72b17d188343');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-23d5-7b4d-b3e1-559b783f15c6', '2026-11-26 04:11:29.622653+00', '2026-11-26 04:11:29.622675+00', 'reset_password', 'c7b0ce1879f5f2422561c79e52c9ce4d4e3edefad87f6ef46537396fb50c13c4', '2126-11-02 04:11:29.621281+00', NULL, '01a2160d-0d42-7def-9352-72b17d188343');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-06a9-7e5f-b8d7-39d1fcd24a51', '2026-11-26 04:11:22.154728+00', '2026-11-26 04:11:22.154752+00', '7127c2f23b569bfadeeeb78f9df4707aae3e6a4b02e5f25023e3c83e10695e35', '2126-11-02 04:11:21.870789+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:21.870789+00', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-120e-76c4-a90b-f4ea78a6ff60', '2026-11-26 04:11:25.070898+00', '2026-11-26 04:11:25.070921+00', 'f28d74b649c099b74fef8555fde468d194bbbb61f70688f2fc54d1ba71a1f111', '2126-11-02 04:11:24.602459+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:24.602459+00', '01a2160d-0d42-7def-9352-72b17d188343');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-1c9e-766d-aeaa-d6efcc6c8d0d', '2026-11-26 04:11:27.775513+00', '2026-11-26 04:11:27.775534+00', '', '2126-11-02 04:11:27.774671+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:27.774671+00', '01a2160d-04b7-7440-a2ae-fe6ca9116dbb');


--
-- Data for Name: users; Type: TABLE DATA; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-0e77-7371-a024-07ebcaae2156', '2026-11-26 04:11:24.152359+00', '2026-11-26 04:11:24.152385+00', NULL, NULL, '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'vera@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$d0I1eFoyR3M1OUN5UFpnek9DbXl1ag$dZneXJzk9e2T0WNLRzzWbrk++2YjCUwo2ahhG2x7jpc', 'Vera', '', 'viewer', true, NULL);
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-0d42-7def-9352-72b17d188343', '2026-11-26 04:11:23.84274+00', '2026-11-26 04:11:24.588204+00', NULL, '2026-11-26 04:11:24.602459+00', '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'bob@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$djJxdm9uZkZUZUh3emVsaldTN21LNA$753wr7FCwIsTQQaUMWgpVte7vOCVPClO4+v1+yXn8J0', 'Bob', '', 'user', true, '2026-11-26 04:11:24.58095+00');
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf', '2026-11-26 04:11:24.452906+00', '2026-11-26 04:11:25.622919+00', '2026-11-26 04:11:25.612373+00', NULL, '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'carl@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$bzZkRG01bGRnM3lIZ3VTaEJSb0hodg$UaJ/MD7dBFYrGQTDkuf7K2HEVwyAhY2meTohKhSGmdM', 'Carl', '', 'viewer', false, NULL);
INSERT INTO org_01a2160d04b779b585ee66ae775c4e15.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-04b7-7440-a2ae-fe6ca9116dbb', '2026-11-26 04:11:21.689522+00', '2026-11-26 04:11:21.861296+00', NULL, '2026-11-26 04:11:27.774671+00', '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'alice@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$ektPR1l0R010MGVpclFBNlFjeloyMQ$GBHsCVHWzlh/kRvvE77UrQfD51RnlB8Xf9y53bRZyto', 'Alice', 'Raw', 'admin', true, '2026-11-26 04:11:21.849366+00');


--
-- Data for Name: answers; Type: TABLE DATA; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.answers (id, fingerprint, status, headers, body, created_at) VALUES ('78bfb24784941fbc08857fb3b7ce430ba5fc2b40005aa648691c2c0da15b7358', 'e9e0656505c022d995b7aac51b4e269b6d044da7087f57cb11fef108acae86c3', 201, '{"Location": "/api/v1/users/01a2160d-1631-7b90-91aa-9797ee60c775/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a2160d-1631-7b90-91aa-9797ee60c775","email":"mallory@globex.example","first_name":"Mallory","last_name":"","role":"user","is_active":true,"created_at":"2026-11-26T04:11:26.129639Z","updated_at":"2026-11-26T04:11:26.129664Z","last_login":null}', '2026-11-26 04:11:25.650545+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.answers (id, fingerprint, status, headers, body, created_at) VALUES ('d46b0b12a6cd8574b8ebecba5f86bf5da0570c9c3d8e4ba9f9eb71e76efc7c05', '3f14892c8880af15f33ab31ae10f0c70abc0707efce6e7fb523ac96bc80a1d67', 201, '{"Location": "/api/v1/users/01a2160d-1831-7f26-97cf-92d829741cc2/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a2160d-1831-7f26-97cf-92d829741cc2","email":"dora@globex.example","first_name":"Dora","last_name":"","role":"viewer","is_active":true,"created_at":"2026-11-26T04:11:26.641586Z","updated_at":"2026-11-26T04:11:26.641611Z","last_login":null}', '2026-11-26 04:11:26.166156+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.answers (id, fingerprint, status, headers, body, created_at) VALUES ('774c2d2457b3ee45315d0f59702f75fa126980b2816b5252b94115ab2850cec1', '4b1bfd632a61210aded838cb58de3563ce499e6c0cc45596ece29e885f9bc1ea', 201, '{"Content-Type": "text/html; charset=utf-8"}', '{"resource":"pipelines","limit":10,"used":3,"reserved":0,"remaining":7,"period":"none","resets_at":null}', '2026-11-26 04:11:27.796519+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('d7d360cc-9329-4c4d-9ab4-3cdc95c20828', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'user.created', 'user', '01a2160d-07be-72bb-9f45-92221bd81fed', '{"id": [null, "01a2160d-07be-72bb-9f45-92221bd81fed"], "role": [null, "admin"], "email": [null, "gina@globex.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:22.469045+00:00"], "first_name": [null, "Gina"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-07be-7d66-a4b4-5c70dc68f049"]}', '', '127.0.0.1', '', '01a2160d06b27e1f8095a774a607aa6e', 'workix_upgrade_owner', true, '2026-11-26 04:11:22.471335+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('a4beb22f-284b-43c0-a695-74c2d8cffb0f', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'organization.opened', 'organization', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '{"name": "Globex", "plan": "free", "slug": "globex", "quotas": {"users": 5, "pipelines": 10, "executions": 1000}}', '', '127.0.0.1', '', '01a2160d06b27e1f8095a774a607aa6e', 'workix_upgrade_owner', false, '2026-11-26 04:11:22.476235+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('d5f49ef2-6d11-4057-89e6-693457381d68', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'user.updated', 'user', '01a2160d-07be-72bb-9f45-92221bd81fed', '{"email_confirmed_at": [null, "2026-11-26T04:11:22.552933+00:00"]}', '', '127.0.0.1', '', '01a2160d0838717c9cba30b24a7d04b0', 'org_01a2160d07be7d66a4b45c70dc68f049', true, '2026-11-26 04:11:22.567839+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('8e8e8c1b-3b10-4cfd-b3da-31fe9a00916f', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'user.email_confirmed', 'user', '01a2160d-07be-72bb-9f45-92221bd81fed', '{}', '', '127.0.0.1', '', '01a2160d0838717c9cba30b24a7d04b0', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:22.570632+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('6a576c72-e627-4add-b3f7-03c282a499c4', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'session.started', 'session', '01a2160d-0964-7e08-8643-2b9a49f84a61', '{}', '', '127.0.0.1', '', '01a2160d084c7f15942e403fe36a5288', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:22.856483+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('fbabf460-7b21-4bf6-84c1-efa95fd189d6', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'user.created', 'user', '01a2160d-1631-7b90-91aa-9797ee60c775', '{"id": [null, "01a2160d-1631-7b90-91aa-9797ee60c775"], "role": [null, "user"], "email": [null, "mallory@globex.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:26.129639+00:00"], "first_name": [null, "Mallory"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-07be-7d66-a4b4-5c70dc68f049"]}', '', '127.0.0.1', '', '01a2160d143d727bb7c09b9e82d7595a', 'org_01a2160d07be7d66a4b45c70dc68f049', true, '2026-11-26 04:11:26.141616+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('462f9003-cdf9-422b-a5f6-186ff8d04bf7', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'user.created', 'user', '01a2160d-1831-7f26-97cf-92d829741cc2', '{"id": [null, "01a2160d-1831-7f26-97cf-92d829741cc2"], "role": [null, "viewer"], "email": [null, "dora@globex.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:26.641586+00:00"], "first_name": [null, "Dora"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-07be-7d66-a4b4-5c70dc68f049"]}', '', '127.0.0.1', '', '01a2160d164b72c2b060890635334e31', 'org_01a2160d07be7d66a4b45c70dc68f049', true, '2026-11-26 04:11:26.643653+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('f84c83cf-47b0-4075-a8c5-46ad8af9bc04', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-1631-7b90-91aa-9797ee60c775', 'person', '01a2160d-1631-7b90-91aa-9797ee60c775', 'mallory@globex.example', 'user.updated', 'user', '01a2160d-1631-7b90-91aa-9797ee60c775', '{"email_confirmed_at": [null, "2026-11-26T04:11:26.778157+00:00"]}', '', '127.0.0.1', '', '01a2160d18b977a8ad2f75a550c06eba', 'org_01a2160d07be7d66a4b45c70dc68f049', true, '2026-11-26 04:11:26.793935+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('d4499a0d-53c7-4f11-9f96-6d1257667584', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-1631-7b90-91aa-9797ee60c775', 'person', '01a2160d-1631-7b90-91aa-9797ee60c775', 'mallory@globex.example', 'user.email_confirmed', 'user', '01a2160d-1631-7b90-91aa-9797ee60c775', '{}', '', '127.0.0.1', '', '01a2160d18b977a8ad2f75a550c06eba', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:26.797016+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('9ff84d4f-0f99-4824-adf9-930fbde51745', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-1631-7b90-91aa-9797ee60c775', 'person', '01a2160d-1631-7b90-91aa-9797ee60c775', 'mallory@globex.example', 'session.started', 'session', '01a2160d-1a53-7f39-9534-2555bd383aa8', '{}', '', '127.0.0.1', '', '01a2160d18ce7df18b28c0fd18935cd0', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:27.190478+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('9cfeb31d-8580-43cf-9839-13d28016278a', '01a2160d-07be-7d66-a4b4-5c70dc68f049', NULL, 'anonymous', NULL, '', 'session.refused', 'user', '01a2160d-1631-7b90-91aa-9797ee60c775', '{"because": "wrong password"}', '', '127.0.0.1', '', '01a2160d1a597286802d97d92be476f5', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:27.451765+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('dd0281c9-62dd-43b0-8f6c-e9ad937b6c85', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'user.deleted', 'user', '01a2160d-1831-7f26-97cf-92d829741cc2', '{"is_active": [true, false], "deleted_at": [null, "2026-11-26T04:11:27.45946+00:00"]}', '', '127.0.0.1', '', '01a2160d1b5f7db8be66a44d9a0ab54b', 'org_01a2160d07be7d66a4b45c70dc68f049', true, '2026-11-26 04:11:27.466108+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('fe36ee77-f0c7-487e-978a-9a1f8687adc8', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'organization.renamed', 'organization', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '{"name": ["Globex", "Globex Ltd"]}', '', '127.0.0.1', '', '01a2160d1cc8770e963d51afeede6837', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:27.820315+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('59c70d84-0f4f-45f1-bda3-4b82f246cab8', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'session.started', 'session', '01a2160d-1dd3-7751-86ac-7ba66794833a', '{}', '', '127.0.0.1', '', '01a2160d1ccf7884aa8d68eff7754800', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:28.08676+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('fcc1c5ce-4365-4678-ae40-2e95dfe38356', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '01a2160d-07be-72bb-9f45-92221bd81fed', 'person', '01a2160d-07be-72bb-9f45-92221bd81fed', 'gina@globex.example', 'organization.removal_scheduled', 'organization', '01a2160d-07be-7d66-a4b4-5c70dc68f049', '{"removal_due_at": [null, "2026-12-26T04:11:28.679267+00:00"]}', '', '127.0.0.1', '', '01a2160d1f2774eb83cf55ddc5ae5098', 'org_01a2160d07be7d66a4b45c70dc68f049', false, '2026-11-26 04:11:28.681456+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('8f1bbe76-0ce4-4d17-812c-5a64b4628c7a', '01a2160d-07be-7d66-a4b4-5c70dc68f049', NULL, 'database', NULL, '', 'user.updated', 'user', '01a2160d-07be-72bb-9f45-92221bd81fed', '{"last_name": ["", "Raw"]}', '', '', '', '', 'postgres', true, '2026-11-26 04:11:29.545414+00');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:11:22.431287+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:11:22.431287+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.django_session (session_key, session_data, expire_date) VALUES ('slhc8fdeb32kigxwlrugnwhcis30xd0w', '.eJxdj0tqAzEQRO-itWWk1j9LnyA3GLrVLcYEZsDtwQuTu0cBLxIv61GvoJ5mweO-LofKbbmy-TDOI_js2LpCYgsQ2TZisg0APHH1Q9ic_mqE_Uu2Xxd734_trucX0vMnqj72G19enX_iirpOiz0PGNFlCKFLhsgDISZo1XMQ7JO7kZzkQXnGAr2XmSolqgGlzVEV1eu-vT3wzMGWkrytGbsthDmXFmsIaL5_ABfnTNc:1xWQpU:Qv7FisgKiTzvQgbg0drs_gpxauXGqYOv_3Ul2pNVwao', '2126-11-02 04:11:28.088167+00');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-0822-73ba-81bb-82ae4dfee7c5', '2026-11-26 04:11:22.530859+00', '2026-11-26 04:11:22.530877+00', 'confirm_email', '2644750576646997a3a54a2c374d64c8c54bdbb47dae1240485054746aee06fc', '2126-11-02 04:11:22.53031+00', '2026-11-26 04:11:22.552933+00', '01a2160d-07be-72bb-9f45-92221bd81fed');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-189a-732c-93df-8f11343cff19', '2026-11-26 04:11:26.748565+00', '2026-11-26 04:11:26.748588+00', 'confirm_email', 'd4729db2131f166022a9fdbd3acd28c8e46b40ea4fa6429def5698d739779ecf', '2126-11-02 04:11:26.746184+00', NULL, '01a2160d-1831-7f26-97cf-92d829741cc2');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-1880-711b-adf6-3a34276c4e5a', '2026-11-26 04:11:26.721049+00', '2026-11-26 04:11:26.721068+00', 'confirm_email', 'd0657c317ba1bf7d18ed6f138af204453b1505a01502f25e220946a5dbf2aa85', '2126-11-02 04:11:26.720508+00', '2026-11-26 04:11:26.778157+00', '01a2160d-1631-7b90-91aa-9797ee60c775');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-23e1-7bb7-aafd-b557465a843b', '2026-11-26 04:11:29.634032+00', '2026-11-26 04:11:29.634053+00', 'reset_password', 'd0bb6e02659c7eb938a14f3f58260cbe64c239e9139de35c37ee4ab9d19cbf95', '2126-11-02 04:11:29.633439+00', NULL, '01a2160d-1631-7b90-91aa-9797ee60c775');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-0964-7e08-8643-2b9a49f84a61', '2026-11-26 04:11:22.853437+00', '2026-11-26 04:11:22.85346+00', 'a90559bd5a6554990c6933916ae19bbeea9fc888a4cbc29bab390ff02b7bc65f', '2126-11-02 04:11:22.573434+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:22.573434+00', '01a2160d-07be-72bb-9f45-92221bd81fed');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-1a53-7f39-9534-2555bd383aa8', '2026-11-26 04:11:27.188065+00', '2026-11-26 04:11:27.188089+00', '3db009ef5f30340cb15893861a263486e0331ac633e9d245bbdc03c4331ba576', '2126-11-02 04:11:26.799563+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:26.799563+00', '01a2160d-1631-7b90-91aa-9797ee60c775');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-1dd3-7751-86ac-7ba66794833a', '2026-11-26 04:11:28.084579+00', '2026-11-26 04:11:28.0846+00', '', '2126-11-02 04:11:28.083746+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:28.083746+00', '01a2160d-07be-72bb-9f45-92221bd81fed');


--
-- Data for Name: users; Type: TABLE DATA; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-1631-7b90-91aa-9797ee60c775', '2026-11-26 04:11:26.129639+00', '2026-11-26 04:11:26.792496+00', NULL, '2026-11-26 04:11:26.799563+00', '01a2160d-07be-7d66-a4b4-5c70dc68f049', 'mallory@globex.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$eTdKa1VUcDZQcUZhdTdHeVR1OFBKeQ$I9v9X1pcvU00EIKHtClB2Y6XpU6JPhto7+Q384dWMpA', 'Mallory', '', 'user', true, '2026-11-26 04:11:26.778157+00');
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-1831-7f26-97cf-92d829741cc2', '2026-11-26 04:11:26.641586+00', '2026-11-26 04:11:27.464161+00', '2026-11-26 04:11:27.45946+00', NULL, '01a2160d-07be-7d66-a4b4-5c70dc68f049', 'dora@globex.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$YlUyUEd3UTlaaldxVVBOQVBqSHBEQg$WPR81oFQe4fhkZXREBgdHWbmQCMZP+CDOvRnh74oSJs', 'Dora', '', 'viewer', false, NULL);
INSERT INTO org_01a2160d07be7d66a4b45c70dc68f049.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-07be-72bb-9f45-92221bd81fed', '2026-11-26 04:11:22.469045+00', '2026-11-26 04:11:22.564125+00', NULL, '2026-11-26 04:11:28.083746+00', '01a2160d-07be-7d66-a4b4-5c70dc68f049', 'gina@globex.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$bm16bjlQMkNCOW81SzY3a2tHV2xvdw$HQcHa7it+shYkO4UBBzcw06WMKsbBRChmbHJh+y20Bc', 'Gina', 'Raw', 'admin', true, '2026-11-26 04:11:22.552933+00');


--
-- Data for Name: answers; Type: TABLE DATA; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d0a75795598633403de130230.answers (id, fingerprint, status, headers, body, created_at) VALUES ('b2ae19605f186e95b0abf717bf1fe1fee8962a2e61dcf3265e4e396475bc7a03', '4b1bfd632a61210aded838cb58de3563ce499e6c0cc45596ece29e885f9bc1ea', 201, '{"Content-Type": "text/html; charset=utf-8"}', '{"resource":"pipelines","limit":10,"used":3,"reserved":0,"remaining":7,"period":"none","resets_at":null}', '2026-11-26 04:11:28.098602+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('49c1a6d7-2ab9-4e0b-bbdf-3b632a1df752', '01a2160d-0a75-7955-9863-3403de130230', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'person', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'milton@initech.example', 'user.created', 'user', '01a2160d-0a75-7ad5-a897-d354f929bee0', '{"id": [null, "01a2160d-0a75-7ad5-a897-d354f929bee0"], "role": [null, "admin"], "email": [null, "milton@initech.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:23.170705+00:00"], "first_name": [null, "Milton"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a2160d-0a75-7955-9863-3403de130230"]}', '', '127.0.0.1', '', '01a2160d096b72e8938b737ec8a89a68', 'workix_upgrade_owner', true, '2026-11-26 04:11:23.172864+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('8101fc60-e62a-42b6-90f1-961b9ba4f2e2', '01a2160d-0a75-7955-9863-3403de130230', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'person', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'milton@initech.example', 'organization.opened', 'organization', '01a2160d-0a75-7955-9863-3403de130230', '{"name": "Initech", "plan": "free", "slug": "initech", "quotas": {"users": 5, "pipelines": 10, "executions": 1000}}', '', '127.0.0.1', '', '01a2160d096b72e8938b737ec8a89a68', 'workix_upgrade_owner', false, '2026-11-26 04:11:23.176735+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('a8ae2788-6ed2-45d1-bf17-0f85cb156054', '01a2160d-0a75-7955-9863-3403de130230', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'person', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'milton@initech.example', 'user.updated', 'user', '01a2160d-0a75-7ad5-a897-d354f929bee0', '{"email_confirmed_at": [null, "2026-11-26T04:11:23.25001+00:00"]}', '', '127.0.0.1', '', '01a2160d0af1758dbcde0505834442ab', 'org_01a2160d0a75795598633403de130230', true, '2026-11-26 04:11:23.27352+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('747bd689-36bf-48d2-b538-98864522c55b', '01a2160d-0a75-7955-9863-3403de130230', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'person', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'milton@initech.example', 'user.email_confirmed', 'user', '01a2160d-0a75-7ad5-a897-d354f929bee0', '{}', '', '127.0.0.1', '', '01a2160d0af1758dbcde0505834442ab', 'org_01a2160d0a75795598633403de130230', false, '2026-11-26 04:11:23.276244+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('9190c652-0d13-42f6-a6c0-9bcbf05a1174', '01a2160d-0a75-7955-9863-3403de130230', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'person', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'milton@initech.example', 'session.started', 'session', '01a2160d-0c23-71bc-a01c-2078f6d9c1ea', '{}', '', '127.0.0.1', '', '01a2160d0b0d72a9b14db6576477e94c', 'org_01a2160d0a75795598633403de130230', false, '2026-11-26 04:11:23.559487+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('b69fe32b-c860-4b90-8a6e-07ea9144fa68', '01a2160d-0a75-7955-9863-3403de130230', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'person', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'milton@initech.example', 'organization.renamed', 'organization', '01a2160d-0a75-7955-9863-3403de130230', '{"name": ["Initech", "Initech Ltd"]}', '', '127.0.0.1', '', '01a2160d1df0783ab71512433f72ee71', 'org_01a2160d0a75795598633403de130230', false, '2026-11-26 04:11:28.117619+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('250cf335-b419-48b9-a40e-79e555f5ad7b', '01a2160d-0a75-7955-9863-3403de130230', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'person', '01a2160d-0a75-7ad5-a897-d354f929bee0', 'milton@initech.example', 'session.started', 'session', '01a2160d-1eff-7f77-8678-7828acae00f7', '{}', '', '127.0.0.1', '', '01a2160d1df87b3c95c463b2716d6d20', 'org_01a2160d0a75795598633403de130230', false, '2026-11-26 04:11:28.386154+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('31d65708-ef88-46e8-a23f-fb8770bc010f', '01a2160d-0a75-7955-9863-3403de130230', NULL, 'system', NULL, 'root on the command line', 'organization.suspended', 'organization', '01a2160d-0a75-7955-9863-3403de130230', '{"status": ["active", "suspended"]}', 'Bills', '', '', '', 'workix_upgrade_owner', false, '2026-11-26 04:11:28.422178+00');
INSERT INTO org_01a2160d0a75795598633403de130230.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('92c12abc-306a-42de-9a44-4a57263c4133', '01a2160d-0a75-7955-9863-3403de130230', NULL, 'database', NULL, '', 'user.updated', 'user', '01a2160d-0a75-7ad5-a897-d354f929bee0', '{"last_name": ["", "Raw"]}', '', '', '', '', 'postgres', true, '2026-11-26 04:11:29.543163+00');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:11:23.12791+00');
INSERT INTO org_01a2160d0a75795598633403de130230.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:11:23.12791+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d0a75795598633403de130230.django_session (session_key, session_data, expire_date) VALUES ('9edi7i2ftdji7305fr2iy5c6xga6rzfh', '.eJxdz01qAzEMBeC7eF0H-UeW1WVOkBsMsmUxoTADcYYuSu7eFLJou32878H7cosc93U55rgtV3XvDoLEUEA9CKEnUfRSmbwmzMaR2xjg3n6zJv1jbD9Wet-P7T5Pr2ieLjLn537T86vzB64y16dqvSF2oIwpYaDCZn1wa1gxRVYxaKlo0Gw1QMylZRWSkJgNa1d-js4x53Xf_j0Iw8yTEflaqHqqsUqXAWDkHt_f8kyo:1xWQpU:JldmXFJbwpQ1jRcR5IYfKuWHRgdG9Hv38k6nRKzyJyA', '2126-11-02 04:11:28.387408+00');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d0a75795598633403de130230.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a2160d-0ae3-74f3-8b70-1174085e5eff', '2026-11-26 04:11:23.236375+00', '2026-11-26 04:11:23.236396+00', 'confirm_email', 'd0ba9bad548f8a534f7c85e09b8b71ec8863081e5fa9e159d1e76b5174b5d3c4', '2126-11-02 04:11:23.235738+00', '2026-11-26 04:11:23.25001+00', '01a2160d-0a75-7ad5-a897-d354f929bee0');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d0a75795598633403de130230.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-0c23-71bc-a01c-2078f6d9c1ea', '2026-11-26 04:11:23.556352+00', '2026-11-26 04:11:23.556377+00', '2ccc69edd6558fc63c6b9a8df256e12c868c03d8ad6fc00fcd6242f7fcd0161d', '2126-11-02 04:11:23.278919+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:23.278919+00', '01a2160d-0a75-7ad5-a897-d354f929bee0');
INSERT INTO org_01a2160d0a75795598633403de130230.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-1eff-7f77-8678-7828acae00f7', '2026-11-26 04:11:28.383843+00', '2026-11-26 04:11:28.383905+00', '', '2126-11-02 04:11:28.3831+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:28.3831+00', '01a2160d-0a75-7ad5-a897-d354f929bee0');


--
-- Data for Name: users; Type: TABLE DATA; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

INSERT INTO org_01a2160d0a75795598633403de130230.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-0a75-7ad5-a897-d354f929bee0', '2026-11-26 04:11:23.170705+00', '2026-11-26 04:11:23.26774+00', NULL, '2026-11-26 04:11:28.3831+00', '01a2160d-0a75-7955-9863-3403de130230', 'milton@initech.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$WUw5RHp1dzVHVUpid3lnSlNLRDNtUQ$EG9f2v4udyM+5hT/jOEWtAuMP/4ow9sUmeXLLbNPyyc', 'Milton', 'Raw', 'admin', true, '2026-11-26 04:11:23.25001+00');


--
-- Data for Name: answers; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.answers (id, fingerprint, status, headers, body, created_at) VALUES ('842339a9e2573eaae1c99593b3f57a0fa9f3755abe6f7fb25d3f3e633a8baa17', 'a9bbfd05145c9e3b25373ec87e2a0d03657b31fda8b7023ee2edf7a5ebfe31fc', 201, '{"Location": "/api/v1/organization/", "RateLimit": "\"sign-up\";r=99;t=3600", "Content-Type": "text/html; charset=utf-8", "RateLimit-Policy": "\"sign-up\";q=100;w=3600"}', '{"id":"01a2160d-04b7-79b5-85ee-66ae775c4e15","name":"Acme","slug":"acme","plan":"free","status":"pending","limits":{"users":5,"pipelines":10,"executions":1000},"created_at":"2026-11-26T04:11:21.657453Z"}', '2026-11-26 04:11:21.285611+00');
INSERT INTO public.answers (id, fingerprint, status, headers, body, created_at) VALUES ('0e3fc5d2392beb44585e9a0e0a3847476efbfe1a720db8ef11b822cd2a42ab56', '9f980d80fa1f8db149ee20b730352cf4b24565c8c3bf1669d0b99d4677d20aeb', 201, '{"Location": "/api/v1/organization/", "RateLimit": "\"sign-up\";r=98;t=3600", "Content-Type": "text/html; charset=utf-8", "RateLimit-Policy": "\"sign-up\";q=100;w=3600"}', '{"id":"01a2160d-07be-7d66-a4b4-5c70dc68f049","name":"Globex","slug":"globex","plan":"free","status":"pending","limits":{"users":5,"pipelines":10,"executions":1000},"created_at":"2026-11-26T04:11:22.432033Z"}', '2026-11-26 04:11:22.165794+00');
INSERT INTO public.answers (id, fingerprint, status, headers, body, created_at) VALUES ('b742ff55aa475d8f30d6e4148227cef29efffb6173a1fdf6da88074e817dff6e', '6623f45e0777f7504db2e49fb97d38a81068a8bd2fe30c6c8c84d28af1d80abb', 201, '{"Location": "/api/v1/organization/", "RateLimit": "\"sign-up\";r=97;t=3599", "Content-Type": "text/html; charset=utf-8", "RateLimit-Policy": "\"sign-up\";q=100;w=3600"}', '{"id":"01a2160d-0a75-7955-9863-3403de130230","name":"Initech","slug":"initech","plan":"free","status":"pending","limits":{"users":5,"pipelines":10,"executions":1000},"created_at":"2026-11-26T04:11:23.128790Z"}', '2026-11-26 04:11:22.862939+00');


--
-- Data for Name: attempts; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.attempts (key, count, since) VALUES ('3ccda4d4a3868c3026c3adac5d5a11003f2189a3ac7fa1f7a27bcdfacf846cc2', 3, '2026-11-26 04:11:21.359729+00');
INSERT INTO public.attempts (key, count, since) VALUES ('dd8b756a90163177ca78ae9134d9aa9c1ef891cdd475c82ab0f5bc2f792feb10', 1, '2026-11-26 04:11:25.085981+00');
INSERT INTO public.attempts (key, count, since) VALUES ('1d2e59535a94e521a8042bd7a9725861487bfe2b61e073ada65f9d4a6cc7aa63', 1, '2026-11-26 04:11:27.194494+00');
INSERT INTO public.attempts (key, count, since) VALUES ('8caba0f1f8e49defd72996910238f9f5ed571d1dcba55a37aedcda8d653d1ffa', 1, '2026-11-26 04:11:29.556013+00');
INSERT INTO public.attempts (key, count, since) VALUES ('e40284daf1b33f6debc162f8fffc654163f561d88a19a12fb81ec5e368b6aada', 1, '2026-11-26 04:11:29.567348+00');
INSERT INTO public.attempts (key, count, since) VALUES ('56f683b55634f3c455850cac5e3d21efeaa9d0e0837c7d5333837e974b01bc76', 1, '2026-11-26 04:11:29.652414+00');
INSERT INTO public.attempts (key, count, since) VALUES ('bc0328acf86058813d30ebb75bcf4ea3acd939b80689ca7d28b2e5af97cf9aa7', 1, '2026-11-26 04:11:29.662332+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('6c927d84-b3cf-413a-8118-ac608a78aa41', NULL, NULL, 'anonymous', NULL, '', 'user.created', 'user', '01a2160d-202a-7286-b9f4-bf77ddac9d35', '{"id": [null, "01a2160d-202a-7286-b9f4-bf77ddac9d35"], "role": [null, "admin"], "email": [null, "otto@workix.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:11:28.938366+00:00"], "first_name": [null, ""], "password_hash": ["[redacted]", "[redacted]"], "email_confirmed_at": [null, "2026-11-26T04:11:28.682544+00:00"]}', '', '', '', '', 'workix_upgrade_control', true, '2026-11-26 04:11:28.941871+00');
INSERT INTO public.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('9749d85d-6a22-4c99-99bd-e933316d534c', NULL, '01a2160d-202a-7286-b9f4-bf77ddac9d35', 'operator', '01a2160d-202a-7286-b9f4-bf77ddac9d35', 'otto@workix.example', 'session.started', 'session', '01a2160d-2241-77ba-9ef3-bd6fa1dfcaeb', '{}', '', '127.0.0.1', '', '01a2160d21307fa589e195275de1e076', 'workix_upgrade_control', false, '2026-11-26 04:11:29.220911+00');
INSERT INTO public.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('66be3e4c-d744-4a66-929b-3f1de0fffe81', NULL, '01a2160d-202a-7286-b9f4-bf77ddac9d35', 'operator', '01a2160d-202a-7286-b9f4-bf77ddac9d35', 'otto@workix.example', 'session.started', 'session', '01a2160d-2354-773e-8f93-66c9ea62b7f7', '{}', '', '127.0.0.1', '', '01a2160d224870f09083a85f5f4b2047', 'workix_upgrade_control', false, '2026-11-26 04:11:29.496143+00');


--
-- Data for Name: blueprint; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.blueprint (id, fingerprint, script, taken_at) VALUES (1, '17762f91ed58bf55d1ed1a0555f41ae90a4104b8b8843f06ad38b0bb448c61a8', 'CREATE ROLE "org_00000000000000000000000000000000" LOGIN NOINHERIT CONNECTION LIMIT 40 PASSWORD ''SCRAM-SHA-256$64:NbLeKSHqWk6Xy8bHeDXH4w==$K5TrDBgP3sUtSyJwGq+nKjCyLL5WH7kglm5RAvv99XA=:L6y5y9DdCK/ky7cgL/6mLIfkR+/33IiiBz/RDo7iuD8='';
GRANT "workix_upgrade_tenants" TO "org_00000000000000000000000000000000" WITH INHERIT TRUE, SET FALSE;
ALTER ROLE "org_00000000000000000000000000000000" SET "search_path" = "org_00000000000000000000000000000000", "public", "pg_temp";
ALTER ROLE "org_00000000000000000000000000000000" SET "statement_timeout" = ''30s'';
ALTER ROLE "org_00000000000000000000000000000000" SET "lock_timeout" = ''5s'';
ALTER ROLE "org_00000000000000000000000000000000" SET "idle_in_transaction_session_timeout" = ''30s'';
ALTER ROLE "org_00000000000000000000000000000000" SET "work_mem" = ''16MB'';
ALTER ROLE "org_00000000000000000000000000000000" SET "TimeZone" = ''UTC'';
ALTER ROLE "org_00000000000000000000000000000000" SET "temp_file_limit" = ''256MB'';
CREATE SCHEMA "org_00000000000000000000000000000000";
SET LOCAL search_path = "org_00000000000000000000000000000000", public, pg_temp;
CREATE TABLE "answers" (
  id character varying(64) NOT NULL,
  fingerprint character varying(64) NOT NULL,
  status smallint,
  headers jsonb NOT NULL,
  body text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT answers_pkey PRIMARY KEY (id),
  CONSTRAINT answers_status_check CHECK (status >= 0)
);
CREATE TABLE "audit_logs" (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  organization_id uuid DEFAULT ''00000000-0000-0000-0000-000000000000''::uuid NOT NULL,
  user_id uuid,
  actor_type character varying(20) NOT NULL,
  actor_id uuid,
  actor_label character varying(255) DEFAULT ''''::character varying NOT NULL,
  action character varying(50) NOT NULL,
  resource_type character varying(50) NOT NULL,
  resource_id character varying(255) DEFAULT ''''::character varying NOT NULL,
  changes jsonb DEFAULT ''{}''::jsonb NOT NULL,
  reason character varying(500) DEFAULT ''''::character varying NOT NULL,
  ip_address character varying(45) DEFAULT ''''::character varying NOT NULL,
  user_agent character varying(500) DEFAULT ''''::character varying NOT NULL,
  request_id character varying(100) DEFAULT ''''::character varying NOT NULL,
  database_role character varying(63) DEFAULT (SESSION_USER)::character varying NOT NULL,
  witnessed boolean DEFAULT (pg_trigger_depth() > 0) NOT NULL,
  created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  CONSTRAINT audit_logs_pkey PRIMARY KEY (id),
  CONSTRAINT belongs_to_this_organization CHECK (organization_id = ''00000000-0000-0000-0000-000000000000''::uuid)
);
CREATE TABLE "django_migrations" (
  id bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL,
  app character varying(255) NOT NULL,
  name character varying(255) NOT NULL,
  applied timestamp with time zone NOT NULL,
  CONSTRAINT django_migrations_pkey PRIMARY KEY (id)
);
CREATE TABLE "django_session" (
  session_key character varying(40) NOT NULL,
  session_data text NOT NULL,
  expire_date timestamp with time zone NOT NULL,
  CONSTRAINT django_session_pkey PRIMARY KEY (session_key)
);
CREATE TABLE "mailed_tokens" (
  id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  purpose character varying(20) NOT NULL,
  token_hash character varying(64) NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  user_id uuid NOT NULL,
  CONSTRAINT mailed_token_once UNIQUE (token_hash),
  CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id)
);
CREATE TABLE "sessions" (
  id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  refresh_hash character varying(64) NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ip_address character varying(45) NOT NULL,
  user_agent character varying(500) NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  user_id uuid NOT NULL,
  CONSTRAINT sessions_pkey PRIMARY KEY (id)
);
CREATE TABLE "users" (
  id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  deleted_at timestamp with time zone,
  last_login timestamp with time zone,
  organization_id uuid DEFAULT ''00000000-0000-0000-0000-000000000000''::uuid NOT NULL,
  email character varying(255) NOT NULL,
  password_hash character varying(255) NOT NULL,
  first_name character varying(100) NOT NULL,
  last_name character varying(100) NOT NULL,
  role character varying(10) NOT NULL,
  is_active boolean NOT NULL,
  email_confirmed_at timestamp with time zone,
  CONSTRAINT belongs_to_this_organization CHECK (organization_id = ''00000000-0000-0000-0000-000000000000''::uuid),
  CONSTRAINT user_email_is_lower_case CHECK (email::text = lower(email::text)),
  CONSTRAINT user_has_a_known_role CHECK (role::text = ANY (ARRAY[''admin''::character varying, ''user''::character varying, ''viewer''::character varying]::text[])),
  CONSTRAINT users_pkey PRIMARY KEY (id)
);
CREATE INDEX answer_by_time ON answers USING btree (created_at);
CREATE INDEX answers_id_2ea3af51_like ON answers USING btree (id varchar_pattern_ops);
CREATE INDEX audit_by_actor ON audit_logs USING btree (actor_id, created_at DESC);
CREATE INDEX audit_by_request ON audit_logs USING btree (request_id);
CREATE INDEX audit_by_resource ON audit_logs USING btree (resource_type, resource_id, created_at DESC);
CREATE INDEX audit_by_time ON audit_logs USING btree (created_at DESC, id DESC);
CREATE INDEX django_session_expire_date_a5c62663 ON django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX mailed_tokens_user_id_cf84bcbf ON mailed_tokens USING btree (user_id);
CREATE INDEX sessions_user_id_05e26f4a ON sessions USING btree (user_id);
CREATE UNIQUE INDEX user_once_per_address ON users USING btree (lower(email::text)) WHERE deleted_at IS NULL;
ALTER TABLE "mailed_tokens" ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES users(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "sessions" ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES users(id) DEFERRABLE INITIALLY DEFERRED;
CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON users FOR EACH ROW EXECUTE FUNCTION public.count_seats();
CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION public.witness(''user'', ''password_hash'', ''last_login,updated_at'');
INSERT INTO django_migrations (app, name, applied) VALUES (''accounts'', ''0001_initial'', now()), (''contenttypes'', ''0001_initial'', now()), (''admin'', ''0001_initial'', now()), (''admin'', ''0002_logentry_remove_auto_add'', now()), (''admin'', ''0003_logentry_add_action_flag_choices'', now()), (''audit'', ''0001_initial'', now()), (''contenttypes'', ''0002_remove_content_type_name'', now()), (''procrastinate'', ''0001_initial'', now()), (''procrastinate'', ''0002_drop_started_at_column'', now()), (''procrastinate'', ''0003_drop_started_at_column'', now()), (''procrastinate'', ''0004_drop_procrastinate_version_table'', now()), (''procrastinate'', ''0005_fix_procrastinate_fetch_job'', now()), (''procrastinate'', ''0006_fix_trigger_status_events_insert'', now()), (''procrastinate'', ''0007_add_queueing_lock_column'', now()), (''procrastinate'', ''0008_close_fetch_job_race_condition'', now()), (''procrastinate'', ''0009_add_defer_job_function'', now()), (''procrastinate'', ''0010_add_procrastinate_periodic_defers'', now()), (''procrastinate'', ''0011_add_foreign_key_index'', now()), (''procrastinate'', ''0012_add_locks_to_periodic_defer'', now()), (''procrastinate'', ''0013_fix_procrastinate_defer_periodic_job'', now()), (''procrastinate'', ''0014_add_finish_job_and_retry_job_functions'', now()), (''procrastinate'', ''0015_add_trigger_on_job_deletion'', now()), (''procrastinate'', ''0016_delete_finished_jobs'', now()), (''procrastinate'', ''0017_add_checks_to_finish_job'', now()), (''procrastinate'', ''0018_add_checks_to_retry_job'', now()), (''procrastinate'', ''0019_fix_finish_job_compat_issue'', now()), (''procrastinate'', ''0020_add_index_on_procrastinate_jobs'', now()), (''procrastinate'', ''0021_add_kwargs_to_defer_periodic_job'', now()), (''procrastinate'', ''0022_null_locks_excluded'', now()), (''procrastinate'', ''0023_remove_old_finish_job_function'', now()), (''procrastinate'', ''0024_job_id_bigint'', now()), (''procrastinate'', ''0025_add_models'', now()), (''procrastinate'', ''0026_add_job_priority'', now()), (''procrastinate'', ''0027_add_periodic_job_priority'', now()), (''procrastinate'', ''0028_add_cancel_states'', now()), (''procrastinate'', ''0029_add_additional_params_to_retry_job'', now()), (''procrastinate'', ''0030_alter_procrastinateevent_options'', now()), (''procrastinate'', ''0031_add_indexes_for_fetch_job'', now()), (''procrastinate'', ''0032_pre_cancel_notification'', now()), (''procrastinate'', ''0033_post_cancel_notification'', now()), (''procrastinate'', ''0034_pre_add_heartbeat'', now()), (''procrastinate'', ''0035_post_add_heartbeat'', now()), (''procrastinate'', ''0036_add_worker_model'', now()), (''procrastinate'', ''0037_pre_batch_defer_jobs'', now()), (''procrastinate'', ''0038_post_batch_defer_jobs'', now()), (''procrastinate'', ''0039_pre_priority_lock_fetch_job'', now()), (''procrastinate'', ''0040_pre_retry_failed_job'', now()), (''procrastinate'', ''0041_post_retry_failed_job'', now()), (''quotas'', ''0001_initial'', now()), (''sessions'', ''0001_initial'', now()), (''tenants'', ''0001_initial'', now());
GRANT USAGE ON SCHEMA "org_00000000000000000000000000000000" TO "org_00000000000000000000000000000000";
GRANT SELECT, INSERT, UPDATE, DELETE ON "org_00000000000000000000000000000000"."users" TO "org_00000000000000000000000000000000";
GRANT SELECT, INSERT, UPDATE, DELETE ON "org_00000000000000000000000000000000"."sessions" TO "org_00000000000000000000000000000000";
GRANT SELECT, INSERT, UPDATE, DELETE ON "org_00000000000000000000000000000000"."mailed_tokens" TO "org_00000000000000000000000000000000";
GRANT SELECT, INSERT, UPDATE, DELETE ON "org_00000000000000000000000000000000"."django_session" TO "org_00000000000000000000000000000000";
GRANT SELECT, INSERT, UPDATE, DELETE ON "org_00000000000000000000000000000000"."answers" TO "org_00000000000000000000000000000000";
GRANT SELECT, INSERT ("user_id", "actor_type", "actor_id", "actor_label", "action", "resource_type", "resource_id", "changes", "reason", "ip_address", "user_agent", "request_id") ON "org_00000000000000000000000000000000"."audit_logs" TO "org_00000000000000000000000000000000";
', '2026-11-26 04:11:20.973509+00');


--
-- Data for Name: directory; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('01a2160d-04dd-71ad-a6cd-2df0412fdb3e', '56b5206a027c5a622c8084732a34ddafc68845c136d19267b2078a821c26a8a2', '01a2160d-04b7-79b5-85ee-66ae775c4e15');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('01a2160d-07e8-7a1b-a576-da4fc198e8cf', '53657d844905da6e9082b3172075e58049444427e806e5c1f5884ce518153816', '01a2160d-07be-7d66-a4b4-5c70dc68f049');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('01a2160d-0aa5-7a0d-b809-fd72b8d1e132', '2705fce024a8f5f3595d3e477d22b490a958916d42519d715cdfdf14535d110b', '01a2160d-0a75-7955-9863-3403de130230');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('dbbd432c-59f1-47c8-8535-095f9f5a93aa', 'cc0b73a92f0ea0abe3b80b313cade920b58f9aaab66e15dc7acfe84120fcd3b4', '01a2160d-04b7-79b5-85ee-66ae775c4e15');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('52c25f9b-17be-4ca7-9beb-f042a0b21871', '92678059f79ce4728497ba3890750c19aacfb07c48701532b67521e240252a4d', '01a2160d-04b7-79b5-85ee-66ae775c4e15');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('9735b71f-e3a1-448b-bff0-927d79864426', 'de20c4d2fd0c6ddc16620e5273515fb4196be9dd4a437493671fb63832dde7cd', '01a2160d-07be-7d66-a4b4-5c70dc68f049');


--
-- Data for Name: django_admin_log; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.django_admin_log (id, action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id) VALUES (1, '2026-11-26 04:11:29.548382+00', NULL, 'nothing', 1, '', NULL, '01a2160d-202a-7286-b9f4-bf77ddac9d35');


--
-- Data for Name: django_content_type; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.django_content_type (id, app_label, model) VALUES (1, 'contenttypes', 'contenttype');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (2, 'tenants', 'blueprint');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (3, 'tenants', 'directoryline');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (4, 'tenants', 'organization');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (5, 'tenants', 'domain');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (6, 'quotas', 'attempts');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (7, 'quotas', 'pastusage');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (8, 'quotas', 'quota');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (9, 'accounts', 'user');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (10, 'accounts', 'session');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (11, 'accounts', 'mailedtoken');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (12, 'audit', 'answer');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (13, 'audit', 'entry');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (14, 'auth', 'permission');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (15, 'auth', 'group');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (16, 'sessions', 'session');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (17, 'admin', 'logentry');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (18, 'procrastinate', 'procrastinateevent');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (19, 'procrastinate', 'procrastinatejob');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (20, 'procrastinate', 'procrastinateperiodicdefer');
INSERT INTO public.django_content_type (id, app_label, model) VALUES (21, 'procrastinate', 'procrastinateworker');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:11:20.183555+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:11:20.192831+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:11:20.210735+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:11:20.219128+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:11:20.227444+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:11:20.248327+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:11:20.271976+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:11:20.286239+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:11:20.289103+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:11:20.291706+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:11:20.294913+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:11:20.298415+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:11:20.301074+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:11:20.304235+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:11:20.30856+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:11:20.311528+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:11:20.317101+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:11:20.320225+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:11:20.324454+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:11:20.327336+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:11:20.329457+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:11:20.331802+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:11:20.334238+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:11:20.336542+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:11:20.338864+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:11:20.341452+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:11:20.344497+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:11:20.348692+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:11:20.351843+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:11:20.355095+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:11:20.365611+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:11:20.372171+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:11:20.378502+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:11:20.381469+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:11:20.388262+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:11:20.39101+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:11:20.39404+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:11:20.398019+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:11:20.406385+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:11:20.421634+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:11:20.431621+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:11:20.434219+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:11:20.439722+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:11:20.443028+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:11:20.445259+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:11:20.447853+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:11:20.450605+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:11:20.453669+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:11:20.484384+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:11:20.498643+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:11:20.534895+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.django_session (session_key, session_data, expire_date) VALUES ('iroejzcrjgx78hkgk37f2aqor6zdsvmo', '.eJxdz0FqAzEMBdC7eF0HRfJIVpc5QW4wyJbNhMIMxBm6KLl7p5BF25Xg898HfYXZ9scy76Pd55uH9wBnwzODRwS0KJg5Fu0pli7iblWdpvD2mxWrH239sVbrtq-PcXpF43S1MT63u19enT9wsbEcqgEQNcbWHSvlzJaycjGoqSuyy3QcIs3aJ6ggTdGJq0EHpwRwjI42xm1b_39AU4oi1GLuSpG5ajPGIl3C8xvHE0vc:1xWQpV:FoYavPG3OZ4nFHudMHKIftFJsAMpGOPE9nGLMee_vaQ', '2126-11-02 04:11:29.49757+00');


--
-- Data for Name: domains; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.domains (id, created_at, updated_at, host, is_primary, organization_id) VALUES ('01a2160d-04ba-77f7-a8b6-a74f400e89a6', '2026-11-26 04:11:21.659418+00', '2026-11-26 04:11:21.659439+00', 'acme.localhost', true, '01a2160d-04b7-79b5-85ee-66ae775c4e15');
INSERT INTO public.domains (id, created_at, updated_at, host, is_primary, organization_id) VALUES ('01a2160d-07c0-71f0-b947-7c3f8badc389', '2026-11-26 04:11:22.433249+00', '2026-11-26 04:11:22.433266+00', 'globex.localhost', true, '01a2160d-07be-7d66-a4b4-5c70dc68f049');
INSERT INTO public.domains (id, created_at, updated_at, host, is_primary, organization_id) VALUES ('01a2160d-0a7a-7c65-a34d-c4139bc21232', '2026-11-26 04:11:23.130527+00', '2026-11-26 04:11:23.130549+00', 'initech.localhost', true, '01a2160d-0a75-7955-9863-3403de130230');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('98aa4679-2e31-4fc7-b632-eba3255e321f', '2026-11-26 04:11:29.546798+00', '2026-11-26 04:11:29.546798+00', 'reset_password', '6e854442cd2a940c9e95941dce4ad598', '2026-11-26 04:11:29.546798+00', NULL, '01a2160d-202a-7286-b9f4-bf77ddac9d35');


--
-- Data for Name: organizations; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.organizations (id, created_at, updated_at, deleted_at, name, slug, plan, status, max_users, max_pipelines, max_executions_per_month, schema_name, credential_version, removal_due_at) VALUES ('01a2160d-04b7-79b5-85ee-66ae775c4e15', '2026-11-26 04:11:21.657453+00', '2026-11-26 04:11:28.399376+00', NULL, 'Acme Ltd', 'acme', 'pro', 'active', 3, 5, 100, 'org_01a2160d04b779b585ee66ae775c4e15', 1, NULL);
INSERT INTO public.organizations (id, created_at, updated_at, deleted_at, name, slug, plan, status, max_users, max_pipelines, max_executions_per_month, schema_name, credential_version, removal_due_at) VALUES ('01a2160d-0a75-7955-9863-3403de130230', '2026-11-26 04:11:23.12879+00', '2026-11-26 04:11:28.420342+00', NULL, 'Initech Ltd', 'initech', 'free', 'suspended', 5, 10, 1000, 'org_01a2160d0a75795598633403de130230', 1, NULL);
INSERT INTO public.organizations (id, created_at, updated_at, deleted_at, name, slug, plan, status, max_users, max_pipelines, max_executions_per_month, schema_name, credential_version, removal_due_at) VALUES ('01a2160d-07be-7d66-a4b4-5c70dc68f049', '2026-11-26 04:11:22.432033+00', '2026-11-26 04:11:27.818221+00', NULL, 'Globex Ltd', 'globex', 'free', 'active', 5, 10, 1000, 'org_01a2160d07be7d66a4b45c70dc68f049', 1, '2026-12-26 04:11:28.679267+00');


--
-- Data for Name: past_usage; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used) VALUES ('dd64f3b8-cb79-41aa-af67-67e631b16721', '2026-11-26 04:11:29.523604+00', '2026-11-26 04:11:29.523604+00', '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'executions', '2026-10-01', 100, 40);
INSERT INTO public.past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used) VALUES ('3bf9f182-979b-43e1-898d-75f5405bfeee', '2026-11-26 04:11:29.529135+00', '2026-11-26 04:11:29.529135+00', '01a2160d-07be-7d66-a4b4-5c70dc68f049', 'executions', '2026-10-01', 1000, 40);


--
-- Data for Name: procrastinate_events; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (1, 1, 'deferred', '2026-11-26 04:11:21.65659+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (2, 2, 'deferred', '2026-11-26 04:11:21.725041+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (3, 1, 'started', '2026-11-26 04:11:21.738282+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (4, 2, 'started', '2026-11-26 04:11:21.754948+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (5, 1, 'succeeded', '2026-11-26 04:11:21.799315+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (6, 2, 'succeeded', '2026-11-26 04:11:21.836164+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (7, 3, 'deferred', '2026-11-26 04:11:22.431287+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (8, 3, 'started', '2026-11-26 04:11:22.503374+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (9, 3, 'succeeded', '2026-11-26 04:11:22.540011+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (10, 4, 'deferred', '2026-11-26 04:11:23.12791+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (11, 4, 'started', '2026-11-26 04:11:23.207814+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (12, 4, 'succeeded', '2026-11-26 04:11:23.240627+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (13, 5, 'deferred', '2026-11-26 04:11:23.573469+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (14, 6, 'deferred', '2026-11-26 04:11:23.866066+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (15, 7, 'deferred', '2026-11-26 04:11:24.164393+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (16, 5, 'started', '2026-11-26 04:11:24.497109+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (17, 6, 'started', '2026-11-26 04:11:24.507566+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (18, 5, 'succeeded', '2026-11-26 04:11:24.536624+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (19, 7, 'started', '2026-11-26 04:11:24.542076+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (20, 6, 'succeeded', '2026-11-26 04:11:24.543958+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (21, 7, 'succeeded', '2026-11-26 04:11:24.56359+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (22, 8, 'deferred', '2026-11-26 04:11:25.643947+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (23, 9, 'deferred', '2026-11-26 04:11:26.163949+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (24, 8, 'started', '2026-11-26 04:11:26.695328+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (25, 9, 'started', '2026-11-26 04:11:26.712978+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (26, 8, 'succeeded', '2026-11-26 04:11:26.727206+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (27, 9, 'succeeded', '2026-11-26 04:11:26.757083+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (28, 10, 'deferred', '2026-11-26 04:11:29.549374+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (29, 11, 'deferred', '2026-11-26 04:11:29.562687+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (30, 12, 'deferred', '2026-11-26 04:11:29.573708+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (31, 10, 'started', '2026-11-26 04:11:29.597634+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (32, 11, 'started', '2026-11-26 04:11:29.607647+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (33, 10, 'failed', '2026-11-26 04:11:29.60987+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (34, 12, 'started', '2026-11-26 04:11:29.622018+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (35, 11, 'succeeded', '2026-11-26 04:11:29.632277+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (36, 12, 'succeeded', '2026-11-26 04:11:29.640625+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (37, 13, 'deferred', '2026-11-26 04:11:29.658629+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (38, 14, 'deferred', '2026-11-26 04:11:29.668541+00');


--
-- Data for Name: procrastinate_jobs; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (1, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d02ec785b9da49cd644b7f659", "on_behalf_of": "alice@acme.example"}, "user_id": "01a2160d-04b7-7440-a2ae-fe6ca9116dbb", "organization_id": "01a2160d-04b7-79b5-85ee-66ae775c4e15"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (2, 'platform', 'tenants.mend_roles', NULL, '{"timestamp": 1795666200}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (3, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d06b27e1f8095a774a607aa6e", "on_behalf_of": "gina@globex.example"}, "user_id": "01a2160d-07be-72bb-9f45-92221bd81fed", "organization_id": "01a2160d-07be-7d66-a4b4-5c70dc68f049"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (4, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d096b72e8938b737ec8a89a68", "on_behalf_of": "milton@initech.example"}, "user_id": "01a2160d-0a75-7ad5-a897-d354f929bee0", "organization_id": "01a2160d-0a75-7955-9863-3403de130230"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (5, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d0c2a72319ed8242bee5b79fb", "on_behalf_of": "alice@acme.example"}, "user_id": "01a2160d-0d42-7def-9352-72b17d188343", "organization_id": "01a2160d-04b7-79b5-85ee-66ae775c4e15"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (6, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d0d537b70bbd350fa0ee899cd", "on_behalf_of": "alice@acme.example"}, "user_id": "01a2160d-0e77-7371-a024-07ebcaae2156", "organization_id": "01a2160d-04b7-79b5-85ee-66ae775c4e15"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (7, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d0e8176d59f3d329afce89d33", "on_behalf_of": "alice@acme.example"}, "user_id": "01a2160d-0fa4-7e2d-8f53-f607d7f5d1bf", "organization_id": "01a2160d-04b7-79b5-85ee-66ae775c4e15"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (8, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d143d727bb7c09b9e82d7595a", "on_behalf_of": "gina@globex.example"}, "user_id": "01a2160d-1631-7b90-91aa-9797ee60c775", "organization_id": "01a2160d-07be-7d66-a4b4-5c70dc68f049"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (9, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a2160d164b72c2b060890635334e31", "on_behalf_of": "gina@globex.example"}, "user_id": "01a2160d-1831-7f26-97cf-92d829741cc2", "organization_id": "01a2160d-07be-7d66-a4b4-5c70dc68f049"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (10, 'mails', 'accounts.forgotten', NULL, '{"context": {}, "organization_id": "01a2160d-04b7-79b5-85ee-66ae775c4e15"}', 'failed', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (11, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a2160d2392728781d0940f248d71b4", "on_behalf_of": ""}, "user_id": "01a2160d-0d42-7def-9352-72b17d188343", "organization_id": "01a2160d-04b7-79b5-85ee-66ae775c4e15"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (12, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a2160d239d75e1a64c7bf681ce590c", "on_behalf_of": ""}, "user_id": "01a2160d-1631-7b90-91aa-9797ee60c775", "organization_id": "01a2160d-07be-7d66-a4b4-5c70dc68f049"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (13, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a2160d23f37be088926e4ede23695b", "on_behalf_of": ""}, "user_id": "01a2160d-04b7-7440-a2ae-fe6ca9116dbb", "organization_id": "01a2160d-04b7-79b5-85ee-66ae775c4e15"}', 'todo', NULL, 0, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (14, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a2160d23fd7348b498355fa121d112", "on_behalf_of": ""}, "user_id": "01a2160d-07be-72bb-9f45-92221bd81fed", "organization_id": "01a2160d-07be-7d66-a4b4-5c70dc68f049"}', 'todo', NULL, 0, NULL, 0, false, NULL);


--
-- Data for Name: procrastinate_periodic_defers; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_periodic_defers (id, task_name, defer_timestamp, job_id, periodic_id) VALUES (1, 'tenants.mend_roles', 1795666200, 2, '');


--
-- Data for Name: procrastinate_workers; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_workers (id, last_heartbeat) OVERRIDING SYSTEM VALUE VALUES (6, '2026-11-26 04:11:29.546028+00');


--
-- Data for Name: quotas; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-0aa0-718d-8ea4-1164a8ecfaa5', '2026-11-26 04:11:23.168684+00', '2026-11-26 04:11:23.168704+00', '01a2160d-0a75-7955-9863-3403de130230', 'users', 5, 1, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-07df-78f9-b76a-27c0a41ee29f', '2026-11-26 04:11:22.463703+00', '2026-11-26 04:11:22.463722+00', '01a2160d-07be-7d66-a4b4-5c70dc68f049', 'users', 5, 2, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-07df-7670-a9cb-ad7ed59fb866', '2026-11-26 04:11:22.463786+00', '2026-11-26 04:11:22.463794+00', '01a2160d-07be-7d66-a4b4-5c70dc68f049', 'pipelines', 10, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-0aa0-729a-90dd-49326d935362', '2026-11-26 04:11:23.168769+00', '2026-11-26 04:11:23.168777+00', '01a2160d-0a75-7955-9863-3403de130230', 'pipelines', 10, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-04d6-7e45-a3c1-aa5f8301c2fe', '2026-11-26 04:11:21.686681+00', '2026-11-26 04:11:21.686701+00', '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'users', 3, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-04d6-73f4-8423-f76567d462ad', '2026-11-26 04:11:21.686776+00', '2026-11-26 04:11:21.686785+00', '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'pipelines', 5, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-0aa0-7ed3-a15d-1aedde2d56c9', '2026-11-26 04:11:23.168817+00', '2026-11-26 04:11:23.168826+00', '01a2160d-0a75-7955-9863-3403de130230', 'executions', 1000, 40, 0, 'month', '2026-10-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-04d6-7295-bad2-d7813c2fd53a', '2026-11-26 04:11:21.686823+00', '2026-11-26 04:11:21.686831+00', '01a2160d-04b7-79b5-85ee-66ae775c4e15', 'executions', 100, 7, 0, 'month', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a2160d-07df-7c3e-98b1-9db629427594', '2026-11-26 04:11:22.463829+00', '2026-11-26 04:11:22.463838+00', '01a2160d-07be-7d66-a4b4-5c70dc68f049', 'executions', 1000, 7, 0, 'month', '2026-11-01');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-2241-77ba-9ef3-bd6fa1dfcaeb', '2026-11-26 04:11:29.217746+00', '2026-11-26 04:11:29.21777+00', '684584cf3f989450ed3c85dd9c2f9a2df8d31f13977ed45f91a289aed4d1c79c', '2126-11-02 04:11:28.945135+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:28.945135+00', '01a2160d-202a-7286-b9f4-bf77ddac9d35');
INSERT INTO public.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a2160d-2354-773e-8f93-66c9ea62b7f7', '2026-11-26 04:11:29.493404+00', '2026-11-26 04:11:29.493425+00', '', '2126-11-02 04:11:29.492529+00', NULL, '127.0.0.1', '', '2026-11-26 04:11:29.492529+00', '01a2160d-202a-7286-b9f4-bf77ddac9d35');


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a2160d-202a-7286-b9f4-bf77ddac9d35', '2026-11-26 04:11:28.938366+00', '2026-11-26 04:11:28.938392+00', NULL, '2026-11-26 04:11:29.492529+00', NULL, 'otto@workix.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$QThsQW5Xb3lHTkthaVQwY1B5RmNBUQ$5VXvE+HgwvrMnkpPsteneuhKdU5Q+zpFcc2/9C/a9no', '', '', 'admin', true, '2026-11-26 04:11:28.682544+00');


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_00000000000000000000000000000000.django_migrations_id_seq', 51, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_01a2160d04b779b585ee66ae775c4e15.django_migrations_id_seq', 51, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_01a2160d07be7d66a4b45c70dc68f049.django_migrations_id_seq', 51, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_01a2160d0a75795598633403de130230.django_migrations_id_seq', 51, true);


--
-- Name: django_admin_log_id_seq; Type: SEQUENCE SET; Schema: public; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('public.django_admin_log_id_seq', 1, true);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE SET; Schema: public; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('public.django_content_type_id_seq', 21, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 51, true);


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE SET; Schema: public; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 38, true);


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 14, true);


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 6, true);


--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 7, true);


--
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: attempts attempts_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (key);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: blueprint blueprint_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.blueprint
    ADD CONSTRAINT blueprint_pkey PRIMARY KEY (id);


--
-- Name: directory directory_line_once_per_organization; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.directory
    ADD CONSTRAINT directory_line_once_per_organization UNIQUE (address_hash, organization_id);


--
-- Name: directory directory_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.directory
    ADD CONSTRAINT directory_pkey PRIMARY KEY (id);


--
-- Name: django_admin_log django_admin_log_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);


--
-- Name: django_content_type django_content_type_app_label_model_76bd3d3b_uniq; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


--
-- Name: django_content_type django_content_type_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: domains domains_host_key; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_host_key UNIQUE (host);


--
-- Name: domains domains_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_pkey PRIMARY KEY (id);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: organizations organizations_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);


--
-- Name: organizations organizations_schema_name_key; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_schema_name_key UNIQUE (schema_name);


--
-- Name: organizations organizations_slug_key; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_slug_key UNIQUE (slug);


--
-- Name: past_usage past_usage_once_per_period; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.past_usage
    ADD CONSTRAINT past_usage_once_per_period UNIQUE (organization_id, resource, period_starts_on);


--
-- Name: past_usage past_usage_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.past_usage
    ADD CONSTRAINT past_usage_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_events procrastinate_events_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_jobs procrastinate_jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_unique; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);


--
-- Name: procrastinate_workers procrastinate_workers_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);


--
-- Name: quotas quota_once_per_resource; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.quotas
    ADD CONSTRAINT quota_once_per_resource UNIQUE (organization_id, resource);


--
-- Name: quotas quotas_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.quotas
    ADD CONSTRAINT quotas_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: answer_by_time; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON org_00000000000000000000000000000000.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON org_00000000000000000000000000000000.answers USING btree (id varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON org_00000000000000000000000000000000.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON org_00000000000000000000000000000000.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON org_00000000000000000000000000000000.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON org_00000000000000000000000000000000.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON org_00000000000000000000000000000000.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON org_00000000000000000000000000000000.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON org_00000000000000000000000000000000.mailed_tokens USING btree (user_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON org_00000000000000000000000000000000.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON org_00000000000000000000000000000000.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


--
-- Name: answer_by_time; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON org_01a2160d04b779b585ee66ae775c4e15.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON org_01a2160d04b779b585ee66ae775c4e15.answers USING btree (id varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON org_01a2160d04b779b585ee66ae775c4e15.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON org_01a2160d04b779b585ee66ae775c4e15.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON org_01a2160d04b779b585ee66ae775c4e15.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON org_01a2160d04b779b585ee66ae775c4e15.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON org_01a2160d04b779b585ee66ae775c4e15.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON org_01a2160d04b779b585ee66ae775c4e15.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens USING btree (user_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON org_01a2160d04b779b585ee66ae775c4e15.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON org_01a2160d04b779b585ee66ae775c4e15.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


--
-- Name: answer_by_time; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON org_01a2160d07be7d66a4b45c70dc68f049.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON org_01a2160d07be7d66a4b45c70dc68f049.answers USING btree (id varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON org_01a2160d07be7d66a4b45c70dc68f049.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON org_01a2160d07be7d66a4b45c70dc68f049.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON org_01a2160d07be7d66a4b45c70dc68f049.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON org_01a2160d07be7d66a4b45c70dc68f049.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON org_01a2160d07be7d66a4b45c70dc68f049.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON org_01a2160d07be7d66a4b45c70dc68f049.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens USING btree (user_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON org_01a2160d07be7d66a4b45c70dc68f049.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON org_01a2160d07be7d66a4b45c70dc68f049.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


--
-- Name: answer_by_time; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON org_01a2160d0a75795598633403de130230.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON org_01a2160d0a75795598633403de130230.answers USING btree (id varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON org_01a2160d0a75795598633403de130230.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON org_01a2160d0a75795598633403de130230.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON org_01a2160d0a75795598633403de130230.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON org_01a2160d0a75795598633403de130230.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON org_01a2160d0a75795598633403de130230.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON org_01a2160d0a75795598633403de130230.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON org_01a2160d0a75795598633403de130230.mailed_tokens USING btree (user_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON org_01a2160d0a75795598633403de130230.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON org_01a2160d0a75795598633403de130230.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


--
-- Name: answer_by_time; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON public.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON public.answers USING btree (id varchar_pattern_ops);


--
-- Name: attempts_key_74abd097_like; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX attempts_key_74abd097_like ON public.attempts USING btree (key varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON public.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON public.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON public.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON public.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_admin_log_content_type_id_c4bce8eb; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);


--
-- Name: django_admin_log_user_id_c564eba6; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: domains_host_e4169e91_like; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX domains_host_e4169e91_like ON public.domains USING btree (host varchar_pattern_ops);


--
-- Name: domains_organization_id_515b9e1b; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX domains_organization_id_515b9e1b ON public.domains USING btree (organization_id);


--
-- Name: idx_procrastinate_jobs_worker_not_null; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));


--
-- Name: idx_procrastinate_workers_last_heartbeat; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON public.mailed_tokens USING btree (user_id);


--
-- Name: organizations_schema_name_85db6ea2_like; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX organizations_schema_name_85db6ea2_like ON public.organizations USING btree (schema_name varchar_pattern_ops);


--
-- Name: organizations_slug_aaafa6fa_like; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX organizations_slug_aaafa6fa_like ON public.organizations USING btree (slug varchar_pattern_ops);


--
-- Name: procrastinate_events_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);


--
-- Name: procrastinate_jobs_id_lock_idx_v1; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


--
-- Name: procrastinate_jobs_lock_idx_v1; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_priority_idx_v1; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_queue_name_idx_v1; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);


--
-- Name: procrastinate_jobs_queueing_lock_idx_v1; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_periodic_defers_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON public.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: public; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON public.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


--
-- Name: users count_seats; Type: TRIGGER; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON org_00000000000000000000000000000000.users FOR EACH ROW EXECUTE FUNCTION public.count_seats();


--
-- Name: users witness; Type: TRIGGER; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON org_00000000000000000000000000000000.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


--
-- Name: users count_seats; Type: TRIGGER; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON org_01a2160d04b779b585ee66ae775c4e15.users FOR EACH ROW EXECUTE FUNCTION public.count_seats();


--
-- Name: users witness; Type: TRIGGER; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON org_01a2160d04b779b585ee66ae775c4e15.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


--
-- Name: users count_seats; Type: TRIGGER; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON org_01a2160d07be7d66a4b45c70dc68f049.users FOR EACH ROW EXECUTE FUNCTION public.count_seats();


--
-- Name: users witness; Type: TRIGGER; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON org_01a2160d07be7d66a4b45c70dc68f049.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


--
-- Name: users count_seats; Type: TRIGGER; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON org_01a2160d0a75795598633403de130230.users FOR EACH ROW EXECUTE FUNCTION public.count_seats();


--
-- Name: users witness; Type: TRIGGER; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON org_01a2160d0a75795598633403de130230.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_aborted_v1; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_inserted_v1; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_abort_requested_events_v1; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_delete_jobs_v1; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_scheduled_events_v1; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_insert_v1; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_update_v1; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();


--
-- Name: users witness; Type: TRIGGER; Schema: public; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


--
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES org_00000000000000000000000000000000.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_00000000000000000000000000000000.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES org_00000000000000000000000000000000.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a2160d04b779b585ee66ae775c4e15.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d04b779b585ee66ae775c4e15.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a2160d04b779b585ee66ae775c4e15.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a2160d07be7d66a4b45c70dc68f049.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d07be7d66a4b45c70dc68f049.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a2160d07be7d66a4b45c70dc68f049.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a2160d0a75795598633403de130230.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a2160d0a75795598633403de130230.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a2160d0a75795598633403de130230.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: django_admin_log django_admin_log_content_type_id_c4bce8eb_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: django_admin_log django_admin_log_user_id_c564eba6_fk_users_id; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_users_id FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: domains domains_organization_id_515b9e1b_fk_organizations_id; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_organization_id_515b9e1b_fk_organizations_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: procrastinate_events procrastinate_events_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;


--
-- Name: procrastinate_jobs procrastinate_jobs_worker_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES public.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: answers; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.answers ENABLE ROW LEVEL SECURITY;

--
-- Name: attempts; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.attempts ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_logs; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.audit_logs ENABLE ROW LEVEL SECURITY;

--
-- Name: blueprint; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.blueprint ENABLE ROW LEVEL SECURITY;

--
-- Name: answers control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.answers TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: attempts control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.attempts TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: audit_logs control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.audit_logs TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: directory control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.directory TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: django_content_type control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.django_content_type TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: django_migrations control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.django_migrations TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: django_session control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.django_session TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: domains control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.domains TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: mailed_tokens control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.mailed_tokens TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: organizations control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.organizations TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: past_usage control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.past_usage TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: procrastinate_events control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.procrastinate_events TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: procrastinate_jobs control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.procrastinate_jobs TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: procrastinate_periodic_defers control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.procrastinate_periodic_defers TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: procrastinate_workers control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.procrastinate_workers TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: quotas control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.quotas TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: sessions control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.sessions TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: users control_sees_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY control_sees_every_row ON public.users TO workix_upgrade_control USING (true) WITH CHECK (true);


--
-- Name: directory; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.directory ENABLE ROW LEVEL SECURITY;

--
-- Name: django_admin_log; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.django_admin_log ENABLE ROW LEVEL SECURITY;

--
-- Name: django_content_type; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.django_content_type ENABLE ROW LEVEL SECURITY;

--
-- Name: django_migrations; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.django_migrations ENABLE ROW LEVEL SECURITY;

--
-- Name: django_session; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.django_session ENABLE ROW LEVEL SECURITY;

--
-- Name: domains; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.domains ENABLE ROW LEVEL SECURITY;

--
-- Name: mailed_tokens; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.mailed_tokens ENABLE ROW LEVEL SECURITY;

--
-- Name: organizations; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

--
-- Name: past_usage; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.past_usage ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_events; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.procrastinate_events ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_jobs; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.procrastinate_jobs ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_periodic_defers; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.procrastinate_periodic_defers ENABLE ROW LEVEL SECURITY;

--
-- Name: procrastinate_workers; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.procrastinate_workers ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.quotas ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: django_content_type tenants_see_every_row; Type: POLICY; Schema: public; Owner: workix_upgrade_owner
--

CREATE POLICY tenants_see_every_row ON public.django_content_type TO workix_upgrade_tenants USING (true) WITH CHECK (true);


--
-- Name: users; Type: ROW SECURITY; Schema: public; Owner: workix_upgrade_owner
--

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA org_01a2160d04b779b585ee66ae775c4e15; Type: ACL; Schema: -; Owner: workix_upgrade_owner
--

GRANT USAGE ON SCHEMA org_01a2160d04b779b585ee66ae775c4e15 TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: SCHEMA org_01a2160d07be7d66a4b45c70dc68f049; Type: ACL; Schema: -; Owner: workix_upgrade_owner
--

GRANT USAGE ON SCHEMA org_01a2160d07be7d66a4b45c70dc68f049 TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: SCHEMA org_01a2160d0a75795598633403de130230; Type: ACL; Schema: -; Owner: workix_upgrade_owner
--

GRANT USAGE ON SCHEMA org_01a2160d0a75795598633403de130230 TO org_01a2160d0a75795598633403de130230;


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO workix_upgrade_control;
GRANT USAGE ON SCHEMA public TO workix_upgrade_tenants;


--
-- Name: LANGUAGE plpgsql; Type: ACL; Schema: -; Owner: postgres
--

REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
GRANT ALL ON LANGUAGE plpgsql TO workix_upgrade_owner;


--
-- Name: TYPE procrastinate_job_event_type; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON TYPE public.procrastinate_job_event_type FROM PUBLIC;
GRANT ALL ON TYPE public.procrastinate_job_event_type TO workix_upgrade_control;


--
-- Name: TYPE procrastinate_job_status; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON TYPE public.procrastinate_job_status FROM PUBLIC;
GRANT ALL ON TYPE public.procrastinate_job_status TO workix_upgrade_control;


--
-- Name: TYPE procrastinate_job_to_defer_v1; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON TYPE public.procrastinate_job_to_defer_v1 FROM PUBLIC;
GRANT ALL ON TYPE public.procrastinate_job_to_defer_v1 TO workix_upgrade_control;


--
-- Name: FUNCTION add_my_directory_line(address text); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.add_my_directory_line(address text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_my_directory_line(address text) TO workix_upgrade_tenants;


--
-- Name: FUNCTION begin_counting(wanted text, amount integer); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.begin_counting(wanted text, amount integer) FROM PUBLIC;


--
-- Name: FUNCTION begin_quota_period(mine uuid, wanted text, this_month date); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.begin_quota_period(mine uuid, wanted text, this_month date) FROM PUBLIC;


--
-- Name: FUNCTION cancel_my_removal(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.cancel_my_removal() FROM PUBLIC;
GRANT ALL ON FUNCTION public.cancel_my_removal() TO workix_upgrade_tenants;


--
-- Name: FUNCTION confirm_my_organization(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.confirm_my_organization() FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_my_organization() TO workix_upgrade_tenants;


--
-- Name: FUNCTION count_seats(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.count_seats() FROM PUBLIC;


--
-- Name: FUNCTION enqueue_job(queue text, task text, arguments jsonb); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.enqueue_job(queue text, task text, arguments jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enqueue_job(queue text, task text, arguments jsonb) TO workix_upgrade_tenants;


--
-- Name: FUNCTION enqueue_job_for(organization uuid, queue text, task text, arguments jsonb); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.enqueue_job_for(organization uuid, queue text, task text, arguments jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enqueue_job_for(organization uuid, queue text, task text, arguments jsonb) TO workix_upgrade_control;


--
-- Name: FUNCTION give_back_quota(wanted text, amount integer); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.give_back_quota(wanted text, amount integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.give_back_quota(wanted text, amount integer) TO workix_upgrade_tenants;


--
-- Name: FUNCTION my_organization(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.my_organization() FROM PUBLIC;
GRANT ALL ON FUNCTION public.my_organization() TO workix_upgrade_tenants;


--
-- Name: FUNCTION my_organization_id(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.my_organization_id() FROM PUBLIC;


--
-- Name: FUNCTION my_organization_is_open(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.my_organization_is_open() FROM PUBLIC;
GRANT ALL ON FUNCTION public.my_organization_is_open() TO workix_upgrade_tenants;


--
-- Name: FUNCTION my_past_usage(wanted text); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.my_past_usage(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.my_past_usage(wanted text) TO workix_upgrade_tenants;


--
-- Name: FUNCTION my_quotas(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.my_quotas() FROM PUBLIC;
GRANT ALL ON FUNCTION public.my_quotas() TO workix_upgrade_tenants;


--
-- Name: FUNCTION procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) TO workix_upgrade_control;


--
-- Name: TABLE procrastinate_jobs; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_jobs TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_notify_queue_abort_job_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_notify_queue_abort_job_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_notify_queue_abort_job_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_notify_queue_job_inserted_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_notify_queue_job_inserted_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_notify_queue_job_inserted_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_register_worker_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_register_worker_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_register_worker_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_trigger_abort_requested_events_procedure_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_trigger_function_scheduled_events_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_trigger_function_status_events_insert_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_trigger_function_status_events_update_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_trigger_function_status_events_update_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_trigger_function_status_events_update_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_unlink_periodic_defers_v1(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_unlink_periodic_defers_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_unlink_periodic_defers_v1() TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_unregister_worker_v1(worker_id bigint); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) TO workix_upgrade_control;


--
-- Name: FUNCTION procrastinate_update_heartbeat_v1(worker_id bigint); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) TO workix_upgrade_control;


--
-- Name: FUNCTION remove_my_directory_line(address text); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.remove_my_directory_line(address text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_my_directory_line(address text) TO workix_upgrade_tenants;


--
-- Name: FUNCTION rename_my_organization(wanted text); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.rename_my_organization(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rename_my_organization(wanted text) TO workix_upgrade_tenants;


--
-- Name: FUNCTION schedule_my_removal(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.schedule_my_removal() FROM PUBLIC;
GRANT ALL ON FUNCTION public.schedule_my_removal() TO workix_upgrade_tenants;


--
-- Name: FUNCTION take_quota(wanted text, amount integer); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.take_quota(wanted text, amount integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_quota(wanted text, amount integer) TO workix_upgrade_tenants;


--
-- Name: FUNCTION witness(); Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

REVOKE ALL ON FUNCTION public.witness() FROM PUBLIC;


--
-- Name: TABLE answers; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d04b779b585ee66ae775c4e15.answers TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.user_id; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(user_id) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.actor_type; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_type) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.actor_id; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_id) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.actor_label; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_label) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.action; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(action) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.resource_type; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_type) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.resource_id; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_id) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.changes; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(changes) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.reason; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(reason) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.ip_address; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(ip_address) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.user_agent; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(user_agent) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: COLUMN audit_logs.request_id; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT INSERT(request_id) ON TABLE org_01a2160d04b779b585ee66ae775c4e15.audit_logs TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: TABLE django_session; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d04b779b585ee66ae775c4e15.django_session TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: TABLE mailed_tokens; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d04b779b585ee66ae775c4e15.mailed_tokens TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: TABLE sessions; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d04b779b585ee66ae775c4e15.sessions TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: TABLE users; Type: ACL; Schema: org_01a2160d04b779b585ee66ae775c4e15; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d04b779b585ee66ae775c4e15.users TO org_01a2160d04b779b585ee66ae775c4e15;


--
-- Name: TABLE answers; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.answers TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.user_id; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(user_id) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.actor_type; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_type) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.actor_id; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_id) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.actor_label; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_label) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.action; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(action) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.resource_type; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_type) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.resource_id; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_id) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.changes; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(changes) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.reason; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(reason) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.ip_address; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(ip_address) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.user_agent; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(user_agent) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: COLUMN audit_logs.request_id; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT INSERT(request_id) ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.audit_logs TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: TABLE django_session; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.django_session TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: TABLE mailed_tokens; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.mailed_tokens TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: TABLE sessions; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.sessions TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: TABLE users; Type: ACL; Schema: org_01a2160d07be7d66a4b45c70dc68f049; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d07be7d66a4b45c70dc68f049.users TO org_01a2160d07be7d66a4b45c70dc68f049;


--
-- Name: TABLE answers; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d0a75795598633403de130230.answers TO org_01a2160d0a75795598633403de130230;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.user_id; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(user_id) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.actor_type; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_type) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.actor_id; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_id) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.actor_label; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_label) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.action; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(action) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.resource_type; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_type) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.resource_id; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_id) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.changes; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(changes) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.reason; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(reason) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.ip_address; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(ip_address) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.user_agent; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(user_agent) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: COLUMN audit_logs.request_id; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT INSERT(request_id) ON TABLE org_01a2160d0a75795598633403de130230.audit_logs TO org_01a2160d0a75795598633403de130230;


--
-- Name: TABLE django_session; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d0a75795598633403de130230.django_session TO org_01a2160d0a75795598633403de130230;


--
-- Name: TABLE mailed_tokens; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d0a75795598633403de130230.mailed_tokens TO org_01a2160d0a75795598633403de130230;


--
-- Name: TABLE sessions; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d0a75795598633403de130230.sessions TO org_01a2160d0a75795598633403de130230;


--
-- Name: TABLE users; Type: ACL; Schema: org_01a2160d0a75795598633403de130230; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a2160d0a75795598633403de130230.users TO org_01a2160d0a75795598633403de130230;


--
-- Name: TABLE answers; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.answers TO workix_upgrade_control;


--
-- Name: TABLE attempts; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attempts TO workix_upgrade_control;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.user_id; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(user_id) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.actor_type; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_type) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.actor_id; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_id) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.actor_label; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_label) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.action; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(action) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.resource_type; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_type) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.resource_id; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_id) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.changes; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(changes) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.reason; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(reason) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.ip_address; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(ip_address) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.user_agent; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(user_agent) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: COLUMN audit_logs.request_id; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT INSERT(request_id) ON TABLE public.audit_logs TO workix_upgrade_control;


--
-- Name: TABLE directory; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.directory TO workix_upgrade_control;


--
-- Name: TABLE django_content_type; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.django_content_type TO workix_upgrade_control;
GRANT SELECT ON TABLE public.django_content_type TO workix_upgrade_tenants;


--
-- Name: TABLE django_migrations; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.django_migrations TO workix_upgrade_control;


--
-- Name: TABLE django_session; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO workix_upgrade_control;


--
-- Name: TABLE domains; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.domains TO workix_upgrade_control;


--
-- Name: TABLE mailed_tokens; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mailed_tokens TO workix_upgrade_control;


--
-- Name: TABLE organizations; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.organizations TO workix_upgrade_control;


--
-- Name: TABLE past_usage; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.past_usage TO workix_upgrade_control;


--
-- Name: TABLE procrastinate_events; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_events TO workix_upgrade_control;


--
-- Name: SEQUENCE procrastinate_events_id_seq; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT USAGE ON SEQUENCE public.procrastinate_events_id_seq TO workix_upgrade_control;


--
-- Name: SEQUENCE procrastinate_jobs_id_seq; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT USAGE ON SEQUENCE public.procrastinate_jobs_id_seq TO workix_upgrade_control;


--
-- Name: TABLE procrastinate_periodic_defers; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_periodic_defers TO workix_upgrade_control;


--
-- Name: SEQUENCE procrastinate_periodic_defers_id_seq; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT USAGE ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO workix_upgrade_control;


--
-- Name: TABLE procrastinate_workers; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_workers TO workix_upgrade_control;


--
-- Name: SEQUENCE procrastinate_workers_id_seq; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT USAGE ON SEQUENCE public.procrastinate_workers_id_seq TO workix_upgrade_control;


--
-- Name: TABLE quotas; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE public.quotas TO workix_upgrade_control;


--
-- Name: TABLE sessions; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO workix_upgrade_control;


--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO workix_upgrade_control;


--
-- PostgreSQL database dump complete
--


