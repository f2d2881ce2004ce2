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
-- Name: org_01a216049f007310b0b79d2deddb40b1; Type: SCHEMA; Schema: -; Owner: workix_upgrade_owner
--

CREATE SCHEMA org_01a216049f007310b0b79d2deddb40b1;


ALTER SCHEMA org_01a216049f007310b0b79d2deddb40b1 OWNER TO workix_upgrade_owner;

--
-- Name: org_01a21604a8ad72b6881c0580b0d304c1; Type: SCHEMA; Schema: -; Owner: workix_upgrade_owner
--

CREATE SCHEMA org_01a21604a8ad72b6881c0580b0d304c1;


ALTER SCHEMA org_01a21604a8ad72b6881c0580b0d304c1 OWNER TO workix_upgrade_owner;

--
-- Name: org_01a21604aee876058df860e04b0b3c6a; Type: SCHEMA; Schema: -; Owner: workix_upgrade_owner
--

CREATE SCHEMA org_01a21604aee876058df860e04b0b3c6a;


ALTER SCHEMA org_01a21604aee876058df860e04b0b3c6a OWNER TO workix_upgrade_owner;

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
-- Name: answers; Type: TABLE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a216049f007310b0b79d2deddb40b1.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.answers OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT '01a21604-9f00-7310-b0b7-9d2deddb40b1'::uuid NOT NULL,
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
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a21604-9f00-7310-b0b7-9d2deddb40b1'::uuid))
);


ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations; Type: TABLE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a216049f007310b0b79d2deddb40b1.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME org_01a216049f007310b0b79d2deddb40b1.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a216049f007310b0b79d2deddb40b1.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.django_session OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a216049f007310b0b79d2deddb40b1.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a216049f007310b0b79d2deddb40b1.sessions (
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


ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a216049f007310b0b79d2deddb40b1.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid DEFAULT '01a21604-9f00-7310-b0b7-9d2deddb40b1'::uuid NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a21604-9f00-7310-b0b7-9d2deddb40b1'::uuid)),
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY (ARRAY[('admin'::character varying)::text, ('user'::character varying)::text, ('viewer'::character varying)::text])))
);


ALTER TABLE org_01a216049f007310b0b79d2deddb40b1.users OWNER TO workix_upgrade_owner;

--
-- Name: answers; Type: TABLE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604a8ad72b6881c0580b0d304c1.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.answers OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT '01a21604-a8ad-72b6-881c-0580b0d304c1'::uuid NOT NULL,
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
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a21604-a8ad-72b6-881c-0580b0d304c1'::uuid))
);


ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations; Type: TABLE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME org_01a21604a8ad72b6881c0580b0d304c1.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604a8ad72b6881c0580b0d304c1.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.django_session OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604a8ad72b6881c0580b0d304c1.sessions (
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


ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604a8ad72b6881c0580b0d304c1.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid DEFAULT '01a21604-a8ad-72b6-881c-0580b0d304c1'::uuid NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a21604-a8ad-72b6-881c-0580b0d304c1'::uuid)),
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY (ARRAY[('admin'::character varying)::text, ('user'::character varying)::text, ('viewer'::character varying)::text])))
);


ALTER TABLE org_01a21604a8ad72b6881c0580b0d304c1.users OWNER TO workix_upgrade_owner;

--
-- Name: answers; Type: TABLE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604aee876058df860e04b0b3c6a.answers (
    id character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status >= 0))
);


ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.answers OWNER TO workix_upgrade_owner;

--
-- Name: audit_logs; Type: TABLE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT '01a21604-aee8-7605-8df8-60e04b0b3c6a'::uuid NOT NULL,
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
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a21604-aee8-7605-8df8-60e04b0b3c6a'::uuid))
);


ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations; Type: TABLE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604aee876058df860e04b0b3c6a.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.django_migrations OWNER TO workix_upgrade_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME org_01a21604aee876058df860e04b0b3c6a.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604aee876058df860e04b0b3c6a.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.django_session OWNER TO workix_upgrade_owner;

--
-- Name: mailed_tokens; Type: TABLE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604aee876058df860e04b0b3c6a.mailed_tokens (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose character varying(20) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.mailed_tokens OWNER TO workix_upgrade_owner;

--
-- Name: sessions; Type: TABLE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604aee876058df860e04b0b3c6a.sessions (
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


ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.sessions OWNER TO workix_upgrade_owner;

--
-- Name: users; Type: TABLE; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TABLE org_01a21604aee876058df860e04b0b3c6a.users (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    last_login timestamp with time zone,
    organization_id uuid DEFAULT '01a21604-aee8-7605-8df8-60e04b0b3c6a'::uuid NOT NULL,
    email character varying(255) NOT NULL,
    password_hash character varying(255) NOT NULL,
    first_name character varying(100) NOT NULL,
    last_name character varying(100) NOT NULL,
    role character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    email_confirmed_at timestamp with time zone,
    CONSTRAINT belongs_to_this_organization CHECK ((organization_id = '01a21604-aee8-7605-8df8-60e04b0b3c6a'::uuid)),
    CONSTRAINT user_email_is_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT user_has_a_known_role CHECK (((role)::text = ANY (ARRAY[('admin'::character varying)::text, ('user'::character varying)::text, ('viewer'::character varying)::text])))
);


ALTER TABLE org_01a21604aee876058df860e04b0b3c6a.users OWNER TO workix_upgrade_owner;

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

INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:02:09.708227+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:02:09.716595+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:02:09.733546+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:02:09.752265+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:02:09.772578+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:02:09.815112+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:02:09.842528+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:02:09.913611+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:02:09.936208+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:02:09.950489+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:02:09.973363+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:02:10.000108+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:02:10.003299+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:02:10.005312+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:02:10.007557+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:02:10.012201+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:02:10.015037+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:02:10.017467+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:02:10.019578+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:02:10.024066+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:02:10.027608+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:02:10.033638+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:02:10.036956+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:02:10.041028+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:02:10.042801+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:02:10.046779+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:02:10.049103+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:02:10.051779+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:02:10.115349+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:02:10.119395+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:02:10.123942+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:02:10.131505+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:02:10.136015+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:02:10.13865+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:02:10.144634+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:02:10.146922+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:02:10.1515+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:02:10.15371+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:02:10.170329+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:02:10.175259+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:02:10.180847+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:02:10.183812+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:02:10.190876+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:02:10.193612+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:02:10.196159+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:02:10.19825+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:02:10.200719+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:02:10.202604+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:02:10.210384+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:02:10.219829+00');
INSERT INTO org_00000000000000000000000000000000.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:02:10.232142+00');


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
-- Data for Name: answers; Type: TABLE DATA; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a216049f007310b0b79d2deddb40b1.answers (id, fingerprint, status, headers, body, created_at) VALUES ('f23ca487fe32053a115ce10e0853c0c8db6d15426da80151dde14a0462891ea4', '1fe7d0d0c809ad3129adbf0b28cd03ab9859be233a4654ff5db3caf913d122c3', 201, '{"Location": "/api/v1/users/01a21604-b532-7ac7-8212-756f64b47209/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a21604-b532-7ac7-8212-756f64b47209","email":"bob@acme.example","first_name":"Bob","last_name":"","role":"user","is_active":true,"created_at":"2026-11-26T04:02:17.011224Z","updated_at":"2026-11-26T04:02:17.011249Z","last_login":null}', '2026-11-26 04:02:16.528771+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.answers (id, fingerprint, status, headers, body, created_at) VALUES ('8fdc511cc778195202542b4e32c1f22ee92fe97faee2c83ec03c72d3e53a8180', '6880e2ace7988f74f0a37cb648ada216b4bb73606acd22d88d5ab13375a2b4d3', 201, '{"Location": "/api/v1/users/01a21604-b770-7fd8-9056-a33352867073/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a21604-b770-7fd8-9056-a33352867073","email":"vera@acme.example","first_name":"Vera","last_name":"","role":"viewer","is_active":true,"created_at":"2026-11-26T04:02:17.584481Z","updated_at":"2026-11-26T04:02:17.584506Z","last_login":null}', '2026-11-26 04:02:17.049164+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.answers (id, fingerprint, status, headers, body, created_at) VALUES ('39055313080e0399cd5bfc0359d9867c6664fdfd9305d3589cbbdb4d4dbe5e38', '84c499627aa041cc89ee93cb20c46b49ec8a9abc9ef8cf9c54ff60bc7925b393', 201, '{"Location": "/api/v1/users/01a21604-b970-78d4-b01e-10f3f7892616/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a21604-b970-78d4-b01e-10f3f7892616","email":"carl@acme.example","first_name":"Carl","last_name":"","role":"viewer","is_active":true,"created_at":"2026-11-26T04:02:18.096580Z","updated_at":"2026-11-26T04:02:18.096609Z","last_login":null}', '2026-11-26 04:02:17.605845+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.answers (id, fingerprint, status, headers, body, created_at) VALUES ('b388b11da51c5ec974a0e31a78c9e9da654258018905a2414de0cc5704625111', '4b1bfd632a61210aded838cb58de3563ce499e6c0cc45596ece29e885f9bc1ea', 201, '{"Content-Type": "text/html; charset=utf-8"}', '{"resource":"pipelines","limit":10,"used":3,"reserved":0,"remaining":7,"period":"none","resets_at":null}', '2026-11-26 04:02:21.418533+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('fb29cb11-d08c-4e60-955f-92b2fb5fe7ef', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'user.created', 'user', '01a21604-9eff-7f27-a2cc-7d1196972a37', '{"id": [null, "01a21604-9eff-7f27-a2cc-7d1196972a37"], "role": [null, "admin"], "email": [null, "alice@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:11.393636+00:00"], "first_name": [null, "Alice"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-9f00-7310-b0b7-9d2deddb40b1"]}', '', '127.0.0.1', '', '01a216049c0871e58cfb42c9c20907f7', 'workix_upgrade_owner', true, '2026-11-26 04:02:11.39829+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('aa2de47b-b708-4408-b19a-dca63cb01ced', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'organization.opened', 'organization', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '{"name": "Acme", "plan": "free", "slug": "acme", "quotas": {"users": 5, "pipelines": 10, "executions": 1000}}', '', '127.0.0.1', '', '01a216049c0871e58cfb42c9c20907f7', 'workix_upgrade_owner', false, '2026-11-26 04:02:11.417224+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('f48343a4-05c8-4ba5-bf07-3e2db264de95', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'user.updated', 'user', '01a21604-9eff-7f27-a2cc-7d1196972a37', '{"email_confirmed_at": [null, "2026-11-26T04:02:12.522531+00:00"]}', '', '127.0.0.1', '', '01a21604a3a3798d99b54719d87beb4e', 'org_01a216049f007310b0b79d2deddb40b1', true, '2026-11-26 04:02:12.569549+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('d9d449ab-b6bd-4dc4-bcf9-4bdd8b1214f4', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'user.email_confirmed', 'user', '01a21604-9eff-7f27-a2cc-7d1196972a37', '{}', '', '127.0.0.1', '', '01a21604a3a3798d99b54719d87beb4e', 'org_01a216049f007310b0b79d2deddb40b1', false, '2026-11-26 04:02:12.576206+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('66da2738-96e6-4012-a2e6-670208355dfe', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'session.started', 'session', '01a21604-a649-76a8-9068-278c32a8da9a', '{}', '', '127.0.0.1', '', '01a21604a3e2749a84ea569cb95c50e0', 'org_01a216049f007310b0b79d2deddb40b1', false, '2026-11-26 04:02:13.20145+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('38a17fc3-0f2e-445e-aa6b-da68b303eb82', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'user.created', 'user', '01a21604-b532-7ac7-8212-756f64b47209', '{"id": [null, "01a21604-b532-7ac7-8212-756f64b47209"], "role": [null, "user"], "email": [null, "bob@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:17.011224+00:00"], "first_name": [null, "Bob"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-9f00-7310-b0b7-9d2deddb40b1"]}', '', '127.0.0.1', '', '01a21604b339791d91bcc5d50f87eaa2', 'org_01a216049f007310b0b79d2deddb40b1', true, '2026-11-26 04:02:17.022924+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('3df7e783-a5be-4d25-bcf8-ff54cd703da6', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'user.created', 'user', '01a21604-b770-7fd8-9056-a33352867073', '{"id": [null, "01a21604-b770-7fd8-9056-a33352867073"], "role": [null, "viewer"], "email": [null, "vera@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:17.584481+00:00"], "first_name": [null, "Vera"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-9f00-7310-b0b7-9d2deddb40b1"]}', '', '127.0.0.1', '', '01a21604b5507dbc8313a2a7d67df0c8', 'org_01a216049f007310b0b79d2deddb40b1', true, '2026-11-26 04:02:17.586042+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('457b819b-89ae-415a-a2b0-d10191081c50', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'user.created', 'user', '01a21604-b970-78d4-b01e-10f3f7892616', '{"id": [null, "01a21604-b970-78d4-b01e-10f3f7892616"], "role": [null, "viewer"], "email": [null, "carl@acme.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:18.09658+00:00"], "first_name": [null, "Carl"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-9f00-7310-b0b7-9d2deddb40b1"]}', '', '127.0.0.1', '', '01a21604b77b71e3ad7cd6ec66ac73dc', 'org_01a216049f007310b0b79d2deddb40b1', true, '2026-11-26 04:02:18.098154+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('8abf38ed-7bc4-4d6a-a079-7636456f97b4', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-b532-7ac7-8212-756f64b47209', 'person', '01a21604-b532-7ac7-8212-756f64b47209', 'bob@acme.example', 'user.updated', 'user', '01a21604-b532-7ac7-8212-756f64b47209', '{"email_confirmed_at": [null, "2026-11-26T04:02:18.239005+00:00"]}', '', '127.0.0.1', '', '01a21604b9fe7a4fa5722691a231a157', 'org_01a216049f007310b0b79d2deddb40b1', true, '2026-11-26 04:02:18.24813+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('d004f9a2-c7c8-489b-b068-8888277a4d6d', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-b532-7ac7-8212-756f64b47209', 'person', '01a21604-b532-7ac7-8212-756f64b47209', 'bob@acme.example', 'user.email_confirmed', 'user', '01a21604-b532-7ac7-8212-756f64b47209', '{}', '', '127.0.0.1', '', '01a21604b9fe7a4fa5722691a231a157', 'org_01a216049f007310b0b79d2deddb40b1', false, '2026-11-26 04:02:18.249315+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('dca383aa-2865-4499-b410-0d2f323b2f5c', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-b532-7ac7-8212-756f64b47209', 'person', '01a21604-b532-7ac7-8212-756f64b47209', 'bob@acme.example', 'session.started', 'session', '01a21604-bba0-7873-9694-2af83cd343e4', '{}', '', '127.0.0.1', '', '01a21604ba0b79ea9131351a1b5e0876', 'org_01a216049f007310b0b79d2deddb40b1', false, '2026-11-26 04:02:18.660508+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('359b275c-f06d-4174-a0ad-073a190bfc60', '01a21604-9f00-7310-b0b7-9d2deddb40b1', NULL, 'anonymous', NULL, '', 'session.refused', 'user', '01a21604-b532-7ac7-8212-756f64b47209', '{"because": "wrong password"}', '', '127.0.0.1', '', '01a21604bbb17a36960a216cd67f2aa1', 'org_01a216049f007310b0b79d2deddb40b1', false, '2026-11-26 04:02:19.134145+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('3fc76ed1-9028-4a5a-ad57-4ddd55782d1f', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'user.deleted', 'user', '01a21604-b970-78d4-b01e-10f3f7892616', '{"is_active": [true, false], "deleted_at": [null, "2026-11-26T04:02:19.150263+00:00"]}', '', '127.0.0.1', '', '01a21604bd877d06a7a80fa6991b7cc7', 'org_01a216049f007310b0b79d2deddb40b1', true, '2026-11-26 04:02:19.162223+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('64428876-1a82-4828-ae56-4ee0c5d04d99', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'organization.renamed', 'organization', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '{"name": ["Acme", "Acme Ltd"]}', '', '127.0.0.1', '', '01a21604c67f77a694f1debba8304380', 'org_01a216049f007310b0b79d2deddb40b1', false, '2026-11-26 04:02:21.454445+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('bf12ed6a-cf42-4f3a-8b32-fbf2255e6cd3', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'person', '01a21604-9eff-7f27-a2cc-7d1196972a37', 'alice@acme.example', 'session.started', 'session', '01a21604-c8e1-7ab7-9e4e-6020f2250473', '{}', '', '127.0.0.1', '', '01a21604c69172b2a1982e6f366856ca', 'org_01a216049f007310b0b79d2deddb40b1', false, '2026-11-26 04:02:22.055083+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('9af2e5c9-5e9d-4813-a84e-342998cf9360', '01a21604-9f00-7310-b0b7-9d2deddb40b1', NULL, 'system', NULL, 'root on the command line', 'organization.plan_changed', 'organization', '01a21604-9f00-7310-b0b7-9d2deddb40b1', '{"plan": ["free", "pro"], "users": [5, 3], "pipelines": [10, 5], "executions": [1000, 100]}', 'As agreed', '', '', '', 'workix_upgrade_owner', false, '2026-11-26 04:02:23.185139+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('fbd5d5d1-2ee4-4be9-beb4-6abb3c711f65', '01a21604-9f00-7310-b0b7-9d2deddb40b1', NULL, 'database', NULL, '', 'user.updated', 'user', '01a21604-9eff-7f27-a2cc-7d1196972a37', '{"last_name": ["", "Raw"]}', '', '', '', '', 'postgres', true, '2026-11-26 04:02:25.413912+00');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:02:11.332789+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:02:11.332789+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a216049f007310b0b79d2deddb40b1.django_session (session_key, session_data, expire_date) VALUES ('0ej4qnukpzvkismio9xfwxasg3zqdxbs', '.eJxdz0FqxDAMBdC7eF0PkuxIdpdzgt4gyI5FhkICowldlN69Kcyi7fbz34f_GWY9Hut8-LjPtyW8BkAlZMixDrMoRhKVeo-yIFauQpokvPxmTfv72H6s9r4f28Mvz8gvb-r-sd-X67PzB67q66mwNDZUrpOScuKeeLTeJlEGNcuZcqlqC5hZ0lQqMJoCDGuYrfA56sP9tm__HvQyMIo2Ob_kERkIjGiCLCl8fQPj00xQ:1xWQgg:BGw8oFbBtPrs_wtJxOeneeGmIHM4PH8c2vRPzb4S4lQ', '2126-11-02 04:02:22.058412+00');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a216049f007310b0b79d2deddb40b1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-9fa9-7969-b0f3-79df7af13056', '2026-11-26 04:02:11.498354+00', '2026-11-26 04:02:11.498375+00', 'confirm_email', 'c05779fa2e8f4767e52636ca4f52074fa06489df1dd52231f792045f62f1d8bc', '2126-11-02 04:02:11.497582+00', '2026-11-26 04:02:12.522531+00', '01a21604-9eff-7f27-a2cc-7d1196972a37');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-b9d2-7d12-b949-2e4187f1de82', '2026-11-26 04:02:18.195302+00', '2026-11-26 04:02:18.195321+00', 'confirm_email', '0ea51c3d677e6fac138de9095975534484d0e7e5123d7e7dc68789b8b91e06fe', '2126-11-02 04:02:18.194825+00', NULL, '01a21604-b770-7fd8-9056-a33352867073');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-b9f0-7ece-90aa-5597f312635d', '2026-11-26 04:02:18.225321+00', '2026-11-26 04:02:18.225339+00', 'confirm_email', 'afca6dc5589591151fe3e13ca79f9343d7cb048329af510fd203f845f2e53446', '2126-11-02 04:02:18.224809+00', NULL, '01a21604-b970-78d4-b01e-10f3f7892616');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-b9c0-7aeb-9345-78c043df1c95', '2026-11-26 04:02:18.176819+00', '2026-11-26 04:02:18.176838+00', 'confirm_email', '788c0d1aa49f5abd76521e13c9b5afc79cdfbb48a4289f4cb631625ff05146ce', '2126-11-02 04:02:18.176315+00', '2026-11-26 04:02:18.239005+00', '01a21604-b532-7ac7-8212-756f64b47209');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-d697-7e46-99e6-bcb0aaa1ceef', '2026-11-26 04:02:25.566451+00', '2026-11-26 04:02:25.566476+00', 'reset_password', '241570c905ab6ef18ab579c11a880808fa3765e70b04074539edaa9110b21eaa', '2126-11-02 04:02:25.559905+00', NULL, '01a21604-b532-7ac7-8212-756f64b47209');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a216049f007310b0b79d2deddb40b1.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-a649-76a8-9068-278c32a8da9a', '2026-11-26 04:02:13.19668+00', '2026-11-26 04:02:13.196705+00', 'f3a60a2662d0bbb003c4f6cd2534ff5212f04e9cae8c8c421d92150ca4865632', '2126-11-02 04:02:12.579396+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:12.579396+00', '01a21604-9eff-7f27-a2cc-7d1196972a37');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-bba0-7873-9694-2af83cd343e4', '2026-11-26 04:02:18.657771+00', '2026-11-26 04:02:18.657795+00', '44ca29744416f8cce7b1e6f0d9d4ce3d2b5f68b7f52061d821d8ef8fcbbe1eb3', '2126-11-02 04:02:18.252221+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:18.252221+00', '01a21604-b532-7ac7-8212-756f64b47209');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-c8e1-7ab7-9e4e-6020f2250473', '2026-11-26 04:02:22.052767+00', '2026-11-26 04:02:22.052789+00', '', '2126-11-02 04:02:22.049836+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:22.049836+00', '01a21604-9eff-7f27-a2cc-7d1196972a37');


--
-- Data for Name: users; Type: TABLE DATA; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a216049f007310b0b79d2deddb40b1.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-b770-7fd8-9056-a33352867073', '2026-11-26 04:02:17.584481+00', '2026-11-26 04:02:17.584506+00', NULL, NULL, '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'vera@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$ZVZybDc4d0tGZ1ptaEQ1MmZJczUxUg$ThMD4ni/ypOdPB28P1C0MiwHFl4ecOb4cJUiA1ZT6VE', 'Vera', '', 'viewer', true, NULL);
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-b532-7ac7-8212-756f64b47209', '2026-11-26 04:02:17.011224+00', '2026-11-26 04:02:18.246073+00', NULL, '2026-11-26 04:02:18.252221+00', '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'bob@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$TzI2Q1ZXcUw5RVp0UlZyNGFIUzNYSQ$mB7ZpyFtSIvrSBehntuxS2I/34a7J67TkDhq45CccNY', 'Bob', '', 'user', true, '2026-11-26 04:02:18.239005+00');
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-b970-78d4-b01e-10f3f7892616', '2026-11-26 04:02:18.09658+00', '2026-11-26 04:02:19.160027+00', '2026-11-26 04:02:19.150263+00', NULL, '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'carl@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$UVFob1hKYXB2clo4Y2RDYUdBNklBUA$+LB062T5Ydr9QGqlje5S2JgO7WlXKPHd7nQafg8mpHM', 'Carl', '', 'viewer', false, NULL);
INSERT INTO org_01a216049f007310b0b79d2deddb40b1.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-9eff-7f27-a2cc-7d1196972a37', '2026-11-26 04:02:11.393636+00', '2026-11-26 04:02:12.560512+00', NULL, '2026-11-26 04:02:22.049836+00', '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'alice@acme.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$clVjc0lhbDFVUVJnRXptV1FDMWdRbw$4dZyJZbkFMgU+bWJ+G6pKG6HdhKkx9j+6GDIcrtPJXQ', 'Alice', 'Raw', 'admin', true, '2026-11-26 04:02:12.522531+00');


--
-- Data for Name: answers; Type: TABLE DATA; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.answers (id, fingerprint, status, headers, body, created_at) VALUES ('526297bcdc5788e9e402aea3da5e325fb716835a4ca3cf26b63cffb6dab1dcbd', 'e9e0656505c022d995b7aac51b4e269b6d044da7087f57cb11fef108acae86c3', 201, '{"Location": "/api/v1/users/01a21604-bf54-72c6-8451-32e0fb93b29b/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a21604-bf54-72c6-8451-32e0fb93b29b","email":"mallory@globex.example","first_name":"Mallory","last_name":"","role":"user","is_active":true,"created_at":"2026-11-26T04:02:19.604768Z","updated_at":"2026-11-26T04:02:19.604791Z","last_login":null}', '2026-11-26 04:02:19.191807+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.answers (id, fingerprint, status, headers, body, created_at) VALUES ('27d2d40e81ff0da312ca4708ec80b8bde41021c2d015d2c48e83d64d7b123cb2', '3f14892c8880af15f33ab31ae10f0c70abc0707efce6e7fb523ac96bc80a1d67', 201, '{"Location": "/api/v1/users/01a21604-c1c8-7369-af66-e4ba45336a35/", "Content-Type": "text/html; charset=utf-8"}', '{"id":"01a21604-c1c8-7369-af66-e4ba45336a35","email":"dora@globex.example","first_name":"Dora","last_name":"","role":"viewer","is_active":true,"created_at":"2026-11-26T04:02:20.232491Z","updated_at":"2026-11-26T04:02:20.232515Z","last_login":null}', '2026-11-26 04:02:19.642902+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.answers (id, fingerprint, status, headers, body, created_at) VALUES ('e151837e895206372f7e4888bd4a15e8aba1116ae9ef51e7f11001fa0904f067', '4b1bfd632a61210aded838cb58de3563ce499e6c0cc45596ece29e885f9bc1ea', 201, '{"Content-Type": "text/html; charset=utf-8"}', '{"resource":"pipelines","limit":10,"used":3,"reserved":0,"remaining":7,"period":"none","resets_at":null}', '2026-11-26 04:02:22.079754+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('8e17ab50-9f34-481f-b7cd-71d362d401cb', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'user.created', 'user', '01a21604-a8ad-72a5-91f7-917776b6df24', '{"id": [null, "01a21604-a8ad-72a5-91f7-917776b6df24"], "role": [null, "admin"], "email": [null, "gina@globex.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:13.880489+00:00"], "first_name": [null, "Gina"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-a8ad-72b6-881c-0580b0d304c1"]}', '', '127.0.0.1', '', '01a21604a65c7a1eafd05623966e2795', 'workix_upgrade_owner', true, '2026-11-26 04:02:13.884992+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('889ed745-f97b-4bd0-a1bc-9574f4e75707', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'organization.opened', 'organization', '01a21604-a8ad-72b6-881c-0580b0d304c1', '{"name": "Globex", "plan": "free", "slug": "globex", "quotas": {"users": 5, "pipelines": 10, "executions": 1000}}', '', '127.0.0.1', '', '01a21604a65c7a1eafd05623966e2795', 'workix_upgrade_owner', false, '2026-11-26 04:02:13.896208+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('a533c607-0973-41d6-ac0d-a0d291510214', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'user.updated', 'user', '01a21604-a8ad-72a5-91f7-917776b6df24', '{"email_confirmed_at": [null, "2026-11-26T04:02:14.106203+00:00"]}', '', '127.0.0.1', '', '01a21604a9d97c02ab5ec6d0abf401cd', 'org_01a21604a8ad72b6881c0580b0d304c1', true, '2026-11-26 04:02:14.14152+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('44dab25d-7452-4159-bdc0-23754a696770', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'user.email_confirmed', 'user', '01a21604-a8ad-72a5-91f7-917776b6df24', '{}', '', '127.0.0.1', '', '01a21604a9d97c02ab5ec6d0abf401cd', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:14.143985+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('97932085-50f5-4ee7-b987-0bd4e294fc08', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'session.started', 'session', '01a21604-ac10-790d-ae4a-db8fa4e00a34', '{}', '', '127.0.0.1', '', '01a21604aa01704a8963991c1dfa684e', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:14.682866+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('6a4beed1-0c0e-444e-848a-1cf7c0c7d6e9', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'user.created', 'user', '01a21604-bf54-72c6-8451-32e0fb93b29b', '{"id": [null, "01a21604-bf54-72c6-8451-32e0fb93b29b"], "role": [null, "user"], "email": [null, "mallory@globex.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:19.604768+00:00"], "first_name": [null, "Mallory"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-a8ad-72b6-881c-0580b0d304c1"]}', '', '127.0.0.1', '', '01a21604bda57e10bc57333f9ab31bc7', 'org_01a21604a8ad72b6881c0580b0d304c1', true, '2026-11-26 04:02:19.610895+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('84ade75a-b8e5-4c5e-967b-7a77282e2574', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'user.created', 'user', '01a21604-c1c8-7369-af66-e4ba45336a35', '{"id": [null, "01a21604-c1c8-7369-af66-e4ba45336a35"], "role": [null, "viewer"], "email": [null, "dora@globex.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:20.232491+00:00"], "first_name": [null, "Dora"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-a8ad-72b6-881c-0580b0d304c1"]}', '', '127.0.0.1', '', '01a21604bf6d770fb7d1dd3193891f81', 'org_01a21604a8ad72b6881c0580b0d304c1', true, '2026-11-26 04:02:20.23452+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('30ae9f07-13b7-4019-8761-96ecf5d13b3d', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-bf54-72c6-8451-32e0fb93b29b', 'person', '01a21604-bf54-72c6-8451-32e0fb93b29b', 'mallory@globex.example', 'user.updated', 'user', '01a21604-bf54-72c6-8451-32e0fb93b29b', '{"email_confirmed_at": [null, "2026-11-26T04:02:20.346609+00:00"]}', '', '127.0.0.1', '', '01a21604c23976c6948dbc0638c33cb3', 'org_01a21604a8ad72b6881c0580b0d304c1', true, '2026-11-26 04:02:20.358428+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('41e6ce91-0012-4ce2-bdb6-885395539d43', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-bf54-72c6-8451-32e0fb93b29b', 'person', '01a21604-bf54-72c6-8451-32e0fb93b29b', 'mallory@globex.example', 'user.email_confirmed', 'user', '01a21604-bf54-72c6-8451-32e0fb93b29b', '{}', '', '127.0.0.1', '', '01a21604c23976c6948dbc0638c33cb3', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:20.360257+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('834cfb6e-dafd-46be-9d20-0b528cfaf129', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-bf54-72c6-8451-32e0fb93b29b', 'person', '01a21604-bf54-72c6-8451-32e0fb93b29b', 'mallory@globex.example', 'session.started', 'session', '01a21604-c414-7941-a399-251c825b894a', '{}', '', '127.0.0.1', '', '01a21604c24a7f29a039a0df5604cf6d', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:20.82375+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('3ee41f7e-5130-44dc-9254-7045ed2bb473', '01a21604-a8ad-72b6-881c-0580b0d304c1', NULL, 'anonymous', NULL, '', 'session.refused', 'user', '01a21604-bf54-72c6-8451-32e0fb93b29b', '{"because": "wrong password"}', '', '127.0.0.1', '', '01a21604c41d7f1881a0acaceeee28e7', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:21.372827+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('6195e709-56ea-4dd7-aa7a-6c196dde2743', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'user.deleted', 'user', '01a21604-c1c8-7369-af66-e4ba45336a35', '{"is_active": [true, false], "deleted_at": [null, "2026-11-26T04:02:21.385876+00:00"]}', '', '127.0.0.1', '', '01a21604c6407b07bfd01366f41f3ebd', 'org_01a21604a8ad72b6881c0580b0d304c1', true, '2026-11-26 04:02:21.395172+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('c2f47275-d662-4274-bac5-cfd411d502db', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'organization.renamed', 'organization', '01a21604-a8ad-72b6-881c-0580b0d304c1', '{"name": ["Globex", "Globex Ltd"]}', '', '127.0.0.1', '', '01a21604c91478688f82744ab01b540d', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:22.108726+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('9a455adc-5fb2-48c7-8bf5-b6437f50e146', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'session.started', 'session', '01a21604-cb14-7591-a4c2-017cd738b0bc', '{}', '', '127.0.0.1', '', '01a21604c92377a4b0262e4e24bd4d75', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:22.61696+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('e0172f45-2ee5-4575-a873-ad840982e3da', '01a21604-a8ad-72b6-881c-0580b0d304c1', '01a21604-a8ad-72a5-91f7-917776b6df24', 'person', '01a21604-a8ad-72a5-91f7-917776b6df24', 'gina@globex.example', 'organization.removal_scheduled', 'organization', '01a21604-a8ad-72b6-881c-0580b0d304c1', '{"removal_due_at": [null, "2026-12-26T04:02:23.727384+00:00"]}', '', '127.0.0.1', '', '01a21604cd6774bc8101b3027bf24357', 'org_01a21604a8ad72b6881c0580b0d304c1', false, '2026-11-26 04:02:23.729003+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('62e2b137-faa5-4c46-9d4e-7f0e649fb38b', '01a21604-a8ad-72b6-881c-0580b0d304c1', NULL, 'database', NULL, '', 'user.updated', 'user', '01a21604-a8ad-72a5-91f7-917776b6df24', '{"last_name": ["", "Raw"]}', '', '', '', '', 'postgres', true, '2026-11-26 04:02:25.423518+00');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:02:13.808+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:02:13.808+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.django_session (session_key, session_data, expire_date) VALUES ('ghimbu0d4z72ten66z9pg2xpv92zbjjj', '.eJxdzz0OgzAMBeC7ZG5QnB-cdOwJegPkOCBQJZAwqEPVuzdIDG0XD9b7rOeX6mjfxm6Xfu2moq7KAFlojdcUqWi0FHSCAetAxDa3ZbBeXb5ZJn7082GJednnTZpzJc2dRJ7LWm5n5geOJGNVHjPkgI7D4FPKtvhgyQ2GXWtsiX1kz9ZFpAg-mQApUcAA1pTqIh1tpBeZlvnvA87gNYYEmuoFbQC5oIvZZFbvDzmGSvI:1xWQgg:xmNXZWUSXpaLCmm9EoVBUm3udE8tGBbmcGzI3oFPj2g', '2126-11-02 04:02:22.619149+00');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-a9aa-7e79-8b40-ad38379ace43', '2026-11-26 04:02:14.059223+00', '2026-11-26 04:02:14.059245+00', 'confirm_email', '853c7e1e24de00825f35877957dd01a0236255e3e9ffd4ebd2bc4bf3b332b58f', '2126-11-02 04:02:14.058661+00', '2026-11-26 04:02:14.106203+00', '01a21604-a8ad-72a5-91f7-917776b6df24');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-c227-78fd-b7ee-054e5c20e2ca', '2026-11-26 04:02:20.327937+00', '2026-11-26 04:02:20.327957+00', 'confirm_email', '22f2f6441701b519e72c9cd653e852aef89b945783fa498682e084308be09777', '2126-11-02 04:02:20.327401+00', NULL, '01a21604-c1c8-7369-af66-e4ba45336a35');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-c20e-73fa-a8b9-a5e1e618bcb0', '2026-11-26 04:02:20.303395+00', '2026-11-26 04:02:20.303413+00', 'confirm_email', '93bf020244d0cf44451409eac69d97d8c588cc32a19cba252a98041d6b86c440', '2126-11-02 04:02:20.302894+00', '2026-11-26 04:02:20.346609+00', '01a21604-bf54-72c6-8451-32e0fb93b29b');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-d6ae-7250-9bbb-ebb7324422d7', '2026-11-26 04:02:25.589122+00', '2026-11-26 04:02:25.589144+00', 'reset_password', '2e18ab8f69c0f7e7f201c40d4749d0c310d8b63f8061ef4fbb8c7ef89a79339d', '2126-11-02 04:02:25.58291+00', NULL, '01a21604-bf54-72c6-8451-32e0fb93b29b');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-ac10-790d-ae4a-db8fa4e00a34', '2026-11-26 04:02:14.674942+00', '2026-11-26 04:02:14.674966+00', '520a0005429af1025cc7f907c8d1862f1e1ba7da3f173ddf3634fdec5715a665', '2126-11-02 04:02:14.146648+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:14.146648+00', '01a21604-a8ad-72a5-91f7-917776b6df24');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-c414-7941-a399-251c825b894a', '2026-11-26 04:02:20.821474+00', '2026-11-26 04:02:20.821498+00', '3962ce4c90ca9bac86e63c482b336ae2b230401d43a457e2a5669559c76b526a', '2126-11-02 04:02:20.363089+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:20.363089+00', '01a21604-bf54-72c6-8451-32e0fb93b29b');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-cb14-7591-a4c2-017cd738b0bc', '2026-11-26 04:02:22.614747+00', '2026-11-26 04:02:22.614767+00', '', '2126-11-02 04:02:22.612355+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:22.612355+00', '01a21604-a8ad-72a5-91f7-917776b6df24');


--
-- Data for Name: users; Type: TABLE DATA; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-bf54-72c6-8451-32e0fb93b29b', '2026-11-26 04:02:19.604768+00', '2026-11-26 04:02:20.357185+00', NULL, '2026-11-26 04:02:20.363089+00', '01a21604-a8ad-72b6-881c-0580b0d304c1', 'mallory@globex.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$cWNzN1gyTGhnWEUzak0ycjdGS3dUZQ$qm7VghrKruVorwO4QF/HZf0gtRuK9prEVtTohXIQ2To', 'Mallory', '', 'user', true, '2026-11-26 04:02:20.346609+00');
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-c1c8-7369-af66-e4ba45336a35', '2026-11-26 04:02:20.232491+00', '2026-11-26 04:02:21.392221+00', '2026-11-26 04:02:21.385876+00', NULL, '01a21604-a8ad-72b6-881c-0580b0d304c1', 'dora@globex.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$R0ZhREl3VnVWc2FDZnpkZnl6ejdZdA$aqr7+Ot1eIW/QZbFphhsdjS5vyfWsCoFqdl5k0babyc', 'Dora', '', 'viewer', false, NULL);
INSERT INTO org_01a21604a8ad72b6881c0580b0d304c1.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-a8ad-72a5-91f7-917776b6df24', '2026-11-26 04:02:13.880489+00', '2026-11-26 04:02:14.133711+00', NULL, '2026-11-26 04:02:22.612355+00', '01a21604-a8ad-72b6-881c-0580b0d304c1', 'gina@globex.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$aWcwSE5XZFdsMUUwdVU2NUE5VGxBaw$Fn9FJzysUuGqHDf+If/Kwhx4BregPhBNB0Vp6V4v+Tc', 'Gina', 'Raw', 'admin', true, '2026-11-26 04:02:14.106203+00');


--
-- Data for Name: answers; Type: TABLE DATA; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604aee876058df860e04b0b3c6a.answers (id, fingerprint, status, headers, body, created_at) VALUES ('86eb6c2b3f7787028e44457096ed1c59b3baf714804c75c7c23cb3204e4ee7d1', '4b1bfd632a61210aded838cb58de3563ce499e6c0cc45596ece29e885f9bc1ea', 201, '{"Content-Type": "text/html; charset=utf-8"}', '{"resource":"pipelines","limit":10,"used":3,"reserved":0,"remaining":7,"period":"none","resets_at":null}', '2026-11-26 04:02:22.63668+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('5e0a4378-6871-4b54-bfb3-3156da164cb9', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '01a21604-aee8-7551-a520-0585ca0f2c26', 'person', '01a21604-aee8-7551-a520-0585ca0f2c26', 'milton@initech.example', 'user.created', 'user', '01a21604-aee8-7551-a520-0585ca0f2c26', '{"id": [null, "01a21604-aee8-7551-a520-0585ca0f2c26"], "role": [null, "admin"], "email": [null, "milton@initech.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:15.466589+00:00"], "first_name": [null, "Milton"], "password_hash": ["[redacted]", "[redacted]"], "organization_id": [null, "01a21604-aee8-7605-8df8-60e04b0b3c6a"]}', '', '127.0.0.1', '', '01a21604ac257402a252c681ef6f9866', 'workix_upgrade_owner', true, '2026-11-26 04:02:15.468834+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('5de5f4dd-c9ed-4388-9663-05cdc0bb13cb', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '01a21604-aee8-7551-a520-0585ca0f2c26', 'person', '01a21604-aee8-7551-a520-0585ca0f2c26', 'milton@initech.example', 'organization.opened', 'organization', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '{"name": "Initech", "plan": "free", "slug": "initech", "quotas": {"users": 5, "pipelines": 10, "executions": 1000}}', '', '127.0.0.1', '', '01a21604ac257402a252c681ef6f9866', 'workix_upgrade_owner', false, '2026-11-26 04:02:15.48004+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('a8263605-7694-4ded-bc90-318c2c215db3', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '01a21604-aee8-7551-a520-0585ca0f2c26', 'person', '01a21604-aee8-7551-a520-0585ca0f2c26', 'milton@initech.example', 'user.updated', 'user', '01a21604-aee8-7551-a520-0585ca0f2c26', '{"email_confirmed_at": [null, "2026-11-26T04:02:15.585602+00:00"]}', '', '127.0.0.1', '', '01a21604afa0733b9b08e1304a9b439f', 'org_01a21604aee876058df860e04b0b3c6a', true, '2026-11-26 04:02:15.618867+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('19b00624-c599-48e6-896a-78bcb9c6aa54', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '01a21604-aee8-7551-a520-0585ca0f2c26', 'person', '01a21604-aee8-7551-a520-0585ca0f2c26', 'milton@initech.example', 'user.email_confirmed', 'user', '01a21604-aee8-7551-a520-0585ca0f2c26', '{}', '', '127.0.0.1', '', '01a21604afa0733b9b08e1304a9b439f', 'org_01a21604aee876058df860e04b0b3c6a', false, '2026-11-26 04:02:15.628697+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('98e63739-0d50-4eb9-b748-33b3dc98c634', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '01a21604-aee8-7551-a520-0585ca0f2c26', 'person', '01a21604-aee8-7551-a520-0585ca0f2c26', 'milton@initech.example', 'session.started', 'session', '01a21604-b326-78da-9d4e-6a482e52ada9', '{}', '', '127.0.0.1', '', '01a21604afd57c09a34ee7243ecb7675', 'org_01a21604aee876058df860e04b0b3c6a', false, '2026-11-26 04:02:16.494008+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('232b6f5a-b16a-4fa0-b15e-deae05b84d63', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '01a21604-aee8-7551-a520-0585ca0f2c26', 'person', '01a21604-aee8-7551-a520-0585ca0f2c26', 'milton@initech.example', 'organization.renamed', 'organization', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '{"name": ["Initech", "Initech Ltd"]}', '', '127.0.0.1', '', '01a21604cb427855af1e8f2778007f7a', 'org_01a21604aee876058df860e04b0b3c6a', false, '2026-11-26 04:02:22.666493+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('5be97279-ed0d-460f-a0e5-a8b8d683e7b3', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '01a21604-aee8-7551-a520-0585ca0f2c26', 'person', '01a21604-aee8-7551-a520-0585ca0f2c26', 'milton@initech.example', 'session.started', 'session', '01a21604-cd2e-7479-861b-f202cba23ce2', '{}', '', '127.0.0.1', '', '01a21604cb4e704c92fae570eda9424f', 'org_01a21604aee876058df860e04b0b3c6a', false, '2026-11-26 04:02:23.156219+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('756bb16e-e045-47bc-a2b8-7a3f3f41c69b', '01a21604-aee8-7605-8df8-60e04b0b3c6a', NULL, 'system', NULL, 'root on the command line', 'organization.suspended', 'organization', '01a21604-aee8-7605-8df8-60e04b0b3c6a', '{"status": ["active", "suspended"]}', 'Bills', '', '', '', 'workix_upgrade_owner', false, '2026-11-26 04:02:23.204094+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('50d4de9c-bebd-4227-9e40-ee7bc177a639', '01a21604-aee8-7605-8df8-60e04b0b3c6a', NULL, 'database', NULL, '', 'user.updated', 'user', '01a21604-aee8-7551-a520-0585ca0f2c26', '{"last_name": ["", "Raw"]}', '', '', '', '', 'postgres', true, '2026-11-26 04:02:25.418462+00');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:02:15.404339+00');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:02:15.404339+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604aee876058df860e04b0b3c6a.django_session (session_key, session_data, expire_date) VALUES ('juvw078x88u7h07qlkzwjl1o9vpsnz3x', '.eJxdj0FuwzAMBP-icxVQtCnJOeYF_YFBUSQcBLCBMEYOQf_epMih7XV3B5h9hJn32zLvrtf53MMxQGJMGcbIqjUWohSZECJQJWEwFMzh4zfWWC66vlgW2fb15od35IdPdr9v1356b_6AC_vypKT0UsG0tmlqWgejbJWTjUzDRPysAI2wQJaK1PtLxwYYrTAU-7FxdT9v678H0lFjGcsUa04tGgJKYxxEMXx9A3m2S-Q:1xWQgh:MZxSkeuOEte2envGUU8bgy_nuHMIot2AiaH3QhLTXWk', '2126-11-02 04:02:23.157665+00');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604aee876058df860e04b0b3c6a.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('01a21604-af8a-7cfa-911c-fbb999d36d7c', '2026-11-26 04:02:15.563037+00', '2026-11-26 04:02:15.563057+00', 'confirm_email', 'd4951f97d27b24a666115912326420aa49dadf8b237e82ada499a4fa8f989058', '2126-11-02 04:02:15.562491+00', '2026-11-26 04:02:15.585602+00', '01a21604-aee8-7551-a520-0585ca0f2c26');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604aee876058df860e04b0b3c6a.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-b326-78da-9d4e-6a482e52ada9', '2026-11-26 04:02:16.487678+00', '2026-11-26 04:02:16.487703+00', '6bd3f79e837bff81ca540f7f086c188a1e3250273783c64b3d2934f5b01e3395', '2126-11-02 04:02:15.638574+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:15.638574+00', '01a21604-aee8-7551-a520-0585ca0f2c26');
INSERT INTO org_01a21604aee876058df860e04b0b3c6a.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-cd2e-7479-861b-f202cba23ce2', '2026-11-26 04:02:23.152309+00', '2026-11-26 04:02:23.152332+00', '', '2126-11-02 04:02:23.150547+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:23.150547+00', '01a21604-aee8-7551-a520-0585ca0f2c26');


--
-- Data for Name: users; Type: TABLE DATA; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

INSERT INTO org_01a21604aee876058df860e04b0b3c6a.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-aee8-7551-a520-0585ca0f2c26', '2026-11-26 04:02:15.466589+00', '2026-11-26 04:02:15.609432+00', NULL, '2026-11-26 04:02:23.150547+00', '01a21604-aee8-7605-8df8-60e04b0b3c6a', 'milton@initech.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$eXZUQXFhQlJqU3pqajRJTTVxMTREZg$IGluTsWpJR9z3srLlyqtEcm1Z47RZT8mL5kwLyMRfHY', 'Milton', 'Raw', 'admin', true, '2026-11-26 04:02:15.585602+00');


--
-- Data for Name: answers; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.answers (id, fingerprint, status, headers, body, created_at) VALUES ('842339a9e2573eaae1c99593b3f57a0fa9f3755abe6f7fb25d3f3e633a8baa17', 'a9bbfd05145c9e3b25373ec87e2a0d03657b31fda8b7023ee2edf7a5ebfe31fc', 201, '{"Location": "/api/v1/organization/", "RateLimit": "\"sign-up\";r=99;t=3600", "Content-Type": "text/html; charset=utf-8", "RateLimit-Policy": "\"sign-up\";q=100;w=3600"}', '{"id":"01a21604-9f00-7310-b0b7-9d2deddb40b1","name":"Acme","slug":"acme","plan":"free","status":"pending","limits":{"users":5,"pipelines":10,"executions":1000},"created_at":"2026-11-26T04:02:11.333663Z"}', '2026-11-26 04:02:10.751362+00');
INSERT INTO public.answers (id, fingerprint, status, headers, body, created_at) VALUES ('0e3fc5d2392beb44585e9a0e0a3847476efbfe1a720db8ef11b822cd2a42ab56', '9f980d80fa1f8db149ee20b730352cf4b24565c8c3bf1669d0b99d4677d20aeb', 201, '{"Location": "/api/v1/organization/", "RateLimit": "\"sign-up\";r=98;t=3598", "Content-Type": "text/html; charset=utf-8", "RateLimit-Policy": "\"sign-up\";q=100;w=3600"}', '{"id":"01a21604-a8ad-72b6-881c-0580b0d304c1","name":"Globex","slug":"globex","plan":"free","status":"pending","limits":{"users":5,"pipelines":10,"executions":1000},"created_at":"2026-11-26T04:02:13.810045Z"}', '2026-11-26 04:02:13.216811+00');
INSERT INTO public.answers (id, fingerprint, status, headers, body, created_at) VALUES ('b742ff55aa475d8f30d6e4148227cef29efffb6173a1fdf6da88074e817dff6e', '6623f45e0777f7504db2e49fb97d38a81068a8bd2fe30c6c8c84d28af1d80abb', 201, '{"Location": "/api/v1/organization/", "RateLimit": "\"sign-up\";r=97;t=3597", "Content-Type": "text/html; charset=utf-8", "RateLimit-Policy": "\"sign-up\";q=100;w=3600"}', '{"id":"01a21604-aee8-7605-8df8-60e04b0b3c6a","name":"Initech","slug":"initech","plan":"free","status":"pending","limits":{"users":5,"pipelines":10,"executions":1000},"created_at":"2026-11-26T04:02:15.405116Z"}', '2026-11-26 04:02:14.703112+00');


--
-- Data for Name: attempts; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.attempts (key, count, since) VALUES ('3ccda4d4a3868c3026c3adac5d5a11003f2189a3ac7fa1f7a27bcdfacf846cc2', 3, '2026-11-26 04:02:10.869637+00');
INSERT INTO public.attempts (key, count, since) VALUES ('dd8b756a90163177ca78ae9134d9aa9c1ef891cdd475c82ab0f5bc2f792feb10', 1, '2026-11-26 04:02:18.675215+00');
INSERT INTO public.attempts (key, count, since) VALUES ('1d2e59535a94e521a8042bd7a9725861487bfe2b61e073ada65f9d4a6cc7aa63', 1, '2026-11-26 04:02:20.830678+00');
INSERT INTO public.attempts (key, count, since) VALUES ('02a944f04f1ec8e3e7a852521ac9b1e824569abe182e40438ad22d82eb7b8ca8', 1, '2026-11-26 04:02:25.446476+00');
INSERT INTO public.attempts (key, count, since) VALUES ('c0ce1cd44e8e2c141156d5a9e6674107091200c6e970593a5b022ef748410d13', 1, '2026-11-26 04:02:25.474407+00');
INSERT INTO public.attempts (key, count, since) VALUES ('e3eee4d9116664da898c7bf6a4e71c8fe13129bf2ca366317eafee075897e26a', 1, '2026-11-26 04:02:25.615607+00');
INSERT INTO public.attempts (key, count, since) VALUES ('0e656ea7e919567376ce50b24b6bcf4bd15e29d1da6bb9646a5374094d0eb0cd', 1, '2026-11-26 04:02:25.626826+00');


--
-- Data for Name: audit_logs; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('cf5ac056-bc6e-4108-9941-21a0917b747d', NULL, NULL, 'anonymous', NULL, '', 'user.created', 'user', '01a21604-cf72-7c74-982b-e3295a2adeee', '{"id": [null, "01a21604-cf72-7c74-982b-e3295a2adeee"], "role": [null, "admin"], "email": [null, "otto@workix.example"], "is_active": [null, true], "last_name": [null, ""], "created_at": [null, "2026-11-26T04:02:24.222767+00:00"], "first_name": [null, ""], "password_hash": ["[redacted]", "[redacted]"], "email_confirmed_at": [null, "2026-11-26T04:02:23.730054+00:00"]}', '', '', '', '', 'workix_upgrade_control', true, '2026-11-26 04:02:24.226366+00');
INSERT INTO public.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('7b81e695-a80b-48ef-a8b1-a5d3e8683311', NULL, '01a21604-cf72-7c74-982b-e3295a2adeee', 'operator', '01a21604-cf72-7c74-982b-e3295a2adeee', 'otto@workix.example', 'session.started', 'session', '01a21604-d32b-7a99-a06c-6204895795d5', '{}', '', '127.0.0.1', '', '01a21604d16574c4b8eb374141241c94', 'workix_upgrade_control', false, '2026-11-26 04:02:24.69152+00');
INSERT INTO public.audit_logs (id, organization_id, user_id, actor_type, actor_id, actor_label, action, resource_type, resource_id, changes, reason, ip_address, user_agent, request_id, database_role, witnessed, created_at) VALUES ('04e931d0-de50-4fc2-b174-72ec6783f556', NULL, '01a21604-cf72-7c74-982b-e3295a2adeee', 'operator', '01a21604-cf72-7c74-982b-e3295a2adeee', 'otto@workix.example', 'session.started', 'session', '01a21604-d5ac-7716-a8f9-d169e4993b2e', '{}', '', '127.0.0.1', '', '01a21604d3367926b2febab2c3c27f6c', 'workix_upgrade_control', false, '2026-11-26 04:02:25.335418+00');


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
', '2026-11-26 04:02:10.267911+00');


--
-- Data for Name: directory; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('01a21604-9f47-7c8a-a6b6-d9548c47ca64', '56b5206a027c5a622c8084732a34ddafc68845c136d19267b2078a821c26a8a2', '01a21604-9f00-7310-b0b7-9d2deddb40b1');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('01a21604-a8fe-79b9-bfc8-0108073a202f', '53657d844905da6e9082b3172075e58049444427e806e5c1f5884ce518153816', '01a21604-a8ad-72b6-881c-0580b0d304c1');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('01a21604-af2d-7c86-bc6c-cd0974614485', '2705fce024a8f5f3595d3e477d22b490a958916d42519d715cdfdf14535d110b', '01a21604-aee8-7605-8df8-60e04b0b3c6a');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('8a949168-3f35-489d-9d56-fab65218a4b4', 'cc0b73a92f0ea0abe3b80b313cade920b58f9aaab66e15dc7acfe84120fcd3b4', '01a21604-9f00-7310-b0b7-9d2deddb40b1');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('fb1398cf-0280-4797-a861-71a216929daa', '92678059f79ce4728497ba3890750c19aacfb07c48701532b67521e240252a4d', '01a21604-9f00-7310-b0b7-9d2deddb40b1');
INSERT INTO public.directory (id, address_hash, organization_id) VALUES ('960c50db-5965-4c76-bdfb-c0b01207eae3', 'de20c4d2fd0c6ddc16620e5273515fb4196be9dd4a437493671fb63832dde7cd', '01a21604-a8ad-72b6-881c-0580b0d304c1');


--
-- Data for Name: django_admin_log; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.django_admin_log (id, action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id) VALUES (1, '2026-11-26 04:02:25.43165+00', NULL, 'nothing', 1, '', NULL, '01a21604-cf72-7c74-982b-e3295a2adeee');


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

INSERT INTO public.django_migrations (id, app, name, applied) VALUES (1, 'accounts', '0001_initial', '2026-11-26 04:02:08.172326+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (2, 'contenttypes', '0001_initial', '2026-11-26 04:02:08.18834+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (3, 'admin', '0001_initial', '2026-11-26 04:02:08.225627+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (4, 'admin', '0002_logentry_remove_auto_add', '2026-11-26 04:02:08.245638+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-26 04:02:08.269952+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (6, 'audit', '0001_initial', '2026-11-26 04:02:08.360716+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (7, 'contenttypes', '0002_remove_content_type_name', '2026-11-26 04:02:08.437372+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (8, 'procrastinate', '0001_initial', '2026-11-26 04:02:08.477359+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (9, 'procrastinate', '0002_drop_started_at_column', '2026-11-26 04:02:08.481956+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (10, 'procrastinate', '0003_drop_started_at_column', '2026-11-26 04:02:08.48503+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (11, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-26 04:02:08.491352+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (12, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-26 04:02:08.496613+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (13, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-26 04:02:08.517241+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (14, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-26 04:02:08.53155+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (15, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-26 04:02:08.539375+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (16, 'procrastinate', '0009_add_defer_job_function', '2026-11-26 04:02:08.547066+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (17, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-26 04:02:08.569835+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (18, 'procrastinate', '0011_add_foreign_key_index', '2026-11-26 04:02:08.575779+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (19, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-26 04:02:08.583706+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (20, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-26 04:02:08.587089+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (21, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-26 04:02:08.59441+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (22, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-26 04:02:08.597692+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (23, 'procrastinate', '0016_delete_finished_jobs', '2026-11-26 04:02:08.600409+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (24, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-26 04:02:08.646535+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (25, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-26 04:02:08.711156+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (26, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-26 04:02:08.714152+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (27, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-26 04:02:08.717581+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (28, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-26 04:02:08.749173+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (29, 'procrastinate', '0022_null_locks_excluded', '2026-11-26 04:02:08.755498+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (30, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-26 04:02:08.758822+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (31, 'procrastinate', '0024_job_id_bigint', '2026-11-26 04:02:08.768747+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (32, 'procrastinate', '0025_add_models', '2026-11-26 04:02:08.778897+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (33, 'procrastinate', '0026_add_job_priority', '2026-11-26 04:02:08.793723+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (34, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-26 04:02:08.801579+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (35, 'procrastinate', '0028_add_cancel_states', '2026-11-26 04:02:08.81027+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (36, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-26 04:02:08.81846+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (37, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-26 04:02:08.825714+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (38, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-26 04:02:08.829851+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (39, 'procrastinate', '0032_pre_cancel_notification', '2026-11-26 04:02:08.843596+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (40, 'procrastinate', '0033_post_cancel_notification', '2026-11-26 04:02:08.905078+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (41, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-26 04:02:08.956453+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (42, 'procrastinate', '0035_post_add_heartbeat', '2026-11-26 04:02:08.973793+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (43, 'procrastinate', '0036_add_worker_model', '2026-11-26 04:02:08.98978+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (44, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-26 04:02:08.998822+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (45, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-26 04:02:09.005504+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (46, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-26 04:02:09.012192+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (47, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-26 04:02:09.02158+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (48, 'procrastinate', '0041_post_retry_failed_job', '2026-11-26 04:02:09.055825+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (49, 'quotas', '0001_initial', '2026-11-26 04:02:09.103965+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (50, 'sessions', '0001_initial', '2026-11-26 04:02:09.120856+00');
INSERT INTO public.django_migrations (id, app, name, applied) VALUES (51, 'tenants', '0001_initial', '2026-11-26 04:02:09.20318+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.django_session (session_key, session_data, expire_date) VALUES ('1ttoja0tkxjq6xehmvyecjtiih0xa5k3', '.eJxdj0FqBDEMBP_ic7zYsi1bOe4L8oNBtmRmCczAaoccQv6eCewhybXoaro_3cLHY10O0_tyE_fqQmSIGLIfs4Kvo2ZPDbrXBFQYWFTVvfzWOo933X5cHmM_toddnsgub2z2sd_l-sz8EVe29bS0JKQcMgCExqVp5okJVeIQqZMiU88IEwemdKJWWj03dg4ixLWfpaZmt33790AKD19rRM9tkpeIpJkodVD39Q3w00zH:1xWQgj:gv1_WadoLmCjH-FAFkUKcugbzvjfGmdr3nJrP4f6pbQ', '2126-11-02 04:02:25.341291+00');


--
-- Data for Name: domains; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.domains (id, created_at, updated_at, host, is_primary, organization_id) VALUES ('01a21604-9f07-7c42-bc2c-e19ac893c868', '2026-11-26 04:02:11.335707+00', '2026-11-26 04:02:11.335731+00', 'acme.localhost', true, '01a21604-9f00-7310-b0b7-9d2deddb40b1');
INSERT INTO public.domains (id, created_at, updated_at, host, is_primary, organization_id) VALUES ('01a21604-a8b6-7f3d-b526-a78bb5cdb805', '2026-11-26 04:02:13.814926+00', '2026-11-26 04:02:13.81495+00', 'globex.localhost', true, '01a21604-a8ad-72b6-881c-0580b0d304c1');
INSERT INTO public.domains (id, created_at, updated_at, host, is_primary, organization_id) VALUES ('01a21604-aeee-7792-b557-29251adf41bf', '2026-11-26 04:02:15.406885+00', '2026-11-26 04:02:15.406906+00', 'initech.localhost', true, '01a21604-aee8-7605-8df8-60e04b0b3c6a');


--
-- Data for Name: mailed_tokens; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.mailed_tokens (id, created_at, updated_at, purpose, token_hash, expires_at, used_at, user_id) VALUES ('eee124a3-95da-49e9-8d98-92869ead0819', '2026-11-26 04:02:25.428139+00', '2026-11-26 04:02:25.428139+00', 'reset_password', '6e854442cd2a940c9e95941dce4ad598', '2026-11-26 04:02:25.428139+00', NULL, '01a21604-cf72-7c74-982b-e3295a2adeee');


--
-- Data for Name: organizations; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.organizations (id, created_at, updated_at, deleted_at, name, slug, plan, status, max_users, max_pipelines, max_executions_per_month, schema_name, credential_version, removal_due_at) VALUES ('01a21604-9f00-7310-b0b7-9d2deddb40b1', '2026-11-26 04:02:11.333663+00', '2026-11-26 04:02:23.175846+00', NULL, 'Acme Ltd', 'acme', 'pro', 'active', 3, 5, 100, 'org_01a216049f007310b0b79d2deddb40b1', 1, NULL);
INSERT INTO public.organizations (id, created_at, updated_at, deleted_at, name, slug, plan, status, max_users, max_pipelines, max_executions_per_month, schema_name, credential_version, removal_due_at) VALUES ('01a21604-aee8-7605-8df8-60e04b0b3c6a', '2026-11-26 04:02:15.405116+00', '2026-11-26 04:02:23.201967+00', NULL, 'Initech Ltd', 'initech', 'free', 'suspended', 5, 10, 1000, 'org_01a21604aee876058df860e04b0b3c6a', 1, NULL);
INSERT INTO public.organizations (id, created_at, updated_at, deleted_at, name, slug, plan, status, max_users, max_pipelines, max_executions_per_month, schema_name, credential_version, removal_due_at) VALUES ('01a21604-a8ad-72b6-881c-0580b0d304c1', '2026-11-26 04:02:13.810045+00', '2026-11-26 04:02:22.104768+00', NULL, 'Globex Ltd', 'globex', 'free', 'active', 5, 10, 1000, 'org_01a21604a8ad72b6881c0580b0d304c1', 1, '2026-12-26 04:02:23.727384+00');


--
-- Data for Name: past_usage; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used) VALUES ('f77bfe0a-72a5-4ef8-9735-f995c3c9cd59', '2026-11-26 04:02:25.39331+00', '2026-11-26 04:02:25.39331+00', '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'executions', '2026-10-01', 100, 40);
INSERT INTO public.past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used) VALUES ('793a4384-4c40-444f-81ec-5189c56fe0dc', '2026-11-26 04:02:25.403631+00', '2026-11-26 04:02:25.403631+00', '01a21604-a8ad-72b6-881c-0580b0d304c1', 'executions', '2026-10-01', 1000, 40);


--
-- Data for Name: procrastinate_events; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (1, 1, 'deferred', '2026-11-26 04:02:11.332789+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (2, 2, 'deferred', '2026-11-26 04:02:11.457073+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (3, 1, 'started', '2026-11-26 04:02:11.471743+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (4, 1, 'succeeded', '2026-11-26 04:02:11.535501+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (5, 3, 'deferred', '2026-11-26 04:02:13.808+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (6, 2, 'started', '2026-11-26 04:02:13.955082+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (7, 3, 'started', '2026-11-26 04:02:13.978825+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (8, 3, 'succeeded', '2026-11-26 04:02:14.079384+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (9, 2, 'succeeded', '2026-11-26 04:02:14.089215+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (10, 4, 'deferred', '2026-11-26 04:02:15.404339+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (11, 4, 'started', '2026-11-26 04:02:15.528673+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (12, 4, 'succeeded', '2026-11-26 04:02:15.570872+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (13, 5, 'deferred', '2026-11-26 04:02:16.517364+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (14, 6, 'deferred', '2026-11-26 04:02:17.044889+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (15, 7, 'deferred', '2026-11-26 04:02:17.599355+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (16, 5, 'started', '2026-11-26 04:02:18.148648+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (17, 6, 'started', '2026-11-26 04:02:18.168216+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (18, 5, 'succeeded', '2026-11-26 04:02:18.194238+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (19, 6, 'succeeded', '2026-11-26 04:02:18.208434+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (20, 7, 'started', '2026-11-26 04:02:18.208828+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (21, 7, 'succeeded', '2026-11-26 04:02:18.22896+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (22, 8, 'deferred', '2026-11-26 04:02:19.18616+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (23, 9, 'deferred', '2026-11-26 04:02:19.640983+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (24, 8, 'started', '2026-11-26 04:02:20.281687+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (25, 8, 'succeeded', '2026-11-26 04:02:20.311252+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (26, 9, 'started', '2026-11-26 04:02:20.301981+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (27, 9, 'succeeded', '2026-11-26 04:02:20.333675+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (28, 10, 'deferred', '2026-11-26 04:02:25.434235+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (29, 11, 'deferred', '2026-11-26 04:02:25.468455+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (30, 12, 'deferred', '2026-11-26 04:02:25.485637+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (31, 10, 'started', '2026-11-26 04:02:25.526205+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (32, 11, 'started', '2026-11-26 04:02:25.547496+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (33, 10, 'failed', '2026-11-26 04:02:25.545702+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (34, 12, 'started', '2026-11-26 04:02:25.560822+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (35, 11, 'succeeded', '2026-11-26 04:02:25.583249+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (36, 12, 'succeeded', '2026-11-26 04:02:25.601195+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (37, 13, 'deferred', '2026-11-26 04:02:25.622613+00');
INSERT INTO public.procrastinate_events (id, job_id, type, at) VALUES (38, 14, 'deferred', '2026-11-26 04:02:25.633212+00');


--
-- Data for Name: procrastinate_jobs; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (1, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a216049c0871e58cfb42c9c20907f7", "on_behalf_of": "alice@acme.example"}, "user_id": "01a21604-9eff-7f27-a2cc-7d1196972a37", "organization_id": "01a21604-9f00-7310-b0b7-9d2deddb40b1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (3, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a21604a65c7a1eafd05623966e2795", "on_behalf_of": "gina@globex.example"}, "user_id": "01a21604-a8ad-72a5-91f7-917776b6df24", "organization_id": "01a21604-a8ad-72b6-881c-0580b0d304c1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (2, 'platform', 'tenants.mend_roles', NULL, '{"timestamp": 1795665600}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (4, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a21604ac257402a252c681ef6f9866", "on_behalf_of": "milton@initech.example"}, "user_id": "01a21604-aee8-7551-a520-0585ca0f2c26", "organization_id": "01a21604-aee8-7605-8df8-60e04b0b3c6a"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (5, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a21604b339791d91bcc5d50f87eaa2", "on_behalf_of": "alice@acme.example"}, "user_id": "01a21604-b532-7ac7-8212-756f64b47209", "organization_id": "01a21604-9f00-7310-b0b7-9d2deddb40b1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (6, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a21604b5507dbc8313a2a7d67df0c8", "on_behalf_of": "alice@acme.example"}, "user_id": "01a21604-b770-7fd8-9056-a33352867073", "organization_id": "01a21604-9f00-7310-b0b7-9d2deddb40b1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (7, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a21604b77b71e3ad7cd6ec66ac73dc", "on_behalf_of": "alice@acme.example"}, "user_id": "01a21604-b970-78d4-b01e-10f3f7892616", "organization_id": "01a21604-9f00-7310-b0b7-9d2deddb40b1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (8, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a21604bda57e10bc57333f9ab31bc7", "on_behalf_of": "gina@globex.example"}, "user_id": "01a21604-bf54-72c6-8451-32e0fb93b29b", "organization_id": "01a21604-a8ad-72b6-881c-0580b0d304c1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (9, 'mails', 'accounts.send_confirmation_mail', NULL, '{"context": {"request_id": "01a21604bf6d770fb7d1dd3193891f81", "on_behalf_of": "gina@globex.example"}, "user_id": "01a21604-c1c8-7369-af66-e4ba45336a35", "organization_id": "01a21604-a8ad-72b6-881c-0580b0d304c1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (10, 'mails', 'accounts.forgotten', NULL, '{"context": {}, "organization_id": "01a21604-9f00-7310-b0b7-9d2deddb40b1"}', 'failed', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (11, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a21604d62472dd96167ef70d2f2391", "on_behalf_of": ""}, "user_id": "01a21604-b532-7ac7-8212-756f64b47209", "organization_id": "01a21604-9f00-7310-b0b7-9d2deddb40b1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (12, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a21604d64076fd8057620ac322504c", "on_behalf_of": ""}, "user_id": "01a21604-bf54-72c6-8451-32e0fb93b29b", "organization_id": "01a21604-a8ad-72b6-881c-0580b0d304c1"}', 'succeeded', NULL, 1, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (13, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a21604d6ce7fe895cd5ad44c29d916", "on_behalf_of": ""}, "user_id": "01a21604-9eff-7f27-a2cc-7d1196972a37", "organization_id": "01a21604-9f00-7310-b0b7-9d2deddb40b1"}', 'todo', NULL, 0, NULL, 0, false, NULL);
INSERT INTO public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) VALUES (14, 'mails', 'accounts.send_password_reset_mail', NULL, '{"context": {"request_id": "01a21604d6da7f6d97d2421c185147eb", "on_behalf_of": ""}, "user_id": "01a21604-a8ad-72a5-91f7-917776b6df24", "organization_id": "01a21604-a8ad-72b6-881c-0580b0d304c1"}', 'todo', NULL, 0, NULL, 0, false, NULL);


--
-- Data for Name: procrastinate_periodic_defers; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_periodic_defers (id, task_name, defer_timestamp, job_id, periodic_id) VALUES (1, 'tenants.mend_roles', 1795665600, 2, '');


--
-- Data for Name: procrastinate_workers; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.procrastinate_workers (id, last_heartbeat) OVERRIDING SYSTEM VALUE VALUES (6, '2026-11-26 04:02:25.426256+00');


--
-- Data for Name: quotas; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-af23-7c8b-b687-675834b7f2b9', '2026-11-26 04:02:15.460116+00', '2026-11-26 04:02:15.460158+00', '01a21604-aee8-7605-8df8-60e04b0b3c6a', 'users', 5, 1, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-a8f4-734d-8e3e-179cc2849365', '2026-11-26 04:02:13.876841+00', '2026-11-26 04:02:13.87686+00', '01a21604-a8ad-72b6-881c-0580b0d304c1', 'users', 5, 2, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-a8f4-79c2-9632-74f4c5701abc', '2026-11-26 04:02:13.87692+00', '2026-11-26 04:02:13.876929+00', '01a21604-a8ad-72b6-881c-0580b0d304c1', 'pipelines', 10, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-af23-7c10-9949-6f289276332c', '2026-11-26 04:02:15.460221+00', '2026-11-26 04:02:15.460229+00', '01a21604-aee8-7605-8df8-60e04b0b3c6a', 'pipelines', 10, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-9f3d-78bd-9b99-adca62dd3993', '2026-11-26 04:02:11.38989+00', '2026-11-26 04:02:11.389908+00', '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'users', 3, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-9f3d-7631-8b0d-4c767377331f', '2026-11-26 04:02:11.38998+00', '2026-11-26 04:02:11.389989+00', '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'pipelines', 5, 3, 0, 'none', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-af23-7445-921e-157c01e4a54f', '2026-11-26 04:02:15.460267+00', '2026-11-26 04:02:15.460276+00', '01a21604-aee8-7605-8df8-60e04b0b3c6a', 'executions', 1000, 40, 0, 'month', '2026-10-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-9f3d-7c97-8d42-80817776cf26', '2026-11-26 04:02:11.390027+00', '2026-11-26 04:02:11.390036+00', '01a21604-9f00-7310-b0b7-9d2deddb40b1', 'executions', 100, 7, 0, 'month', '2026-11-01');
INSERT INTO public.quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period, period_starts_on) VALUES ('01a21604-a8f4-7485-9f1f-0574f44d54ca', '2026-11-26 04:02:13.876964+00', '2026-11-26 04:02:13.876972+00', '01a21604-a8ad-72b6-881c-0580b0d304c1', 'executions', 1000, 7, 0, 'month', '2026-11-01');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-d32b-7a99-a06c-6204895795d5', '2026-11-26 04:02:24.687807+00', '2026-11-26 04:02:24.687832+00', '46fd68150595cc04aa1388e3edce78c3b20d872e8049f25a64b316afd17469be', '2126-11-02 04:02:24.230559+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:24.230559+00', '01a21604-cf72-7c74-982b-e3295a2adeee');
INSERT INTO public.sessions (id, created_at, updated_at, refresh_hash, expires_at, ended_at, ip_address, user_agent, last_seen_at, user_id) VALUES ('01a21604-d5ac-7716-a8f9-d169e4993b2e', '2026-11-26 04:02:25.328533+00', '2026-11-26 04:02:25.328555+00', '', '2126-11-02 04:02:25.324887+00', NULL, '127.0.0.1', '', '2026-11-26 04:02:25.324887+00', '01a21604-cf72-7c74-982b-e3295a2adeee');


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: workix_upgrade_owner
--

INSERT INTO public.users (id, created_at, updated_at, deleted_at, last_login, organization_id, email, password_hash, first_name, last_name, role, is_active, email_confirmed_at) VALUES ('01a21604-cf72-7c74-982b-e3295a2adeee', '2026-11-26 04:02:24.222767+00', '2026-11-26 04:02:24.222795+00', NULL, '2026-11-26 04:02:25.324887+00', NULL, 'otto@workix.example', 'argon2$argon2id$v=19$m=102400,t=2,p=8$V0VsbHhySkFEM0pBRXlETzU0b0J2Vw$+Z0Ewq6VCsHsNf3/3cgjJmZFq0oit12vSingQyMcoXg', '', '', 'admin', true, '2026-11-26 04:02:23.730054+00');


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_00000000000000000000000000000000; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_00000000000000000000000000000000.django_migrations_id_seq', 51, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_01a216049f007310b0b79d2deddb40b1.django_migrations_id_seq', 51, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_01a21604a8ad72b6881c0580b0d304c1.django_migrations_id_seq', 51, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

SELECT pg_catalog.setval('org_01a21604aee876058df860e04b0b3c6a.django_migrations_id_seq', 51, true);


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
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: answers answers_pkey; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: mailed_tokens mailed_token_once; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.mailed_tokens
    ADD CONSTRAINT mailed_token_once UNIQUE (token_hash);


--
-- Name: mailed_tokens mailed_tokens_pkey; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.users
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
-- Name: answer_by_time; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON org_01a216049f007310b0b79d2deddb40b1.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON org_01a216049f007310b0b79d2deddb40b1.answers USING btree (id varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON org_01a216049f007310b0b79d2deddb40b1.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON org_01a216049f007310b0b79d2deddb40b1.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON org_01a216049f007310b0b79d2deddb40b1.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON org_01a216049f007310b0b79d2deddb40b1.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON org_01a216049f007310b0b79d2deddb40b1.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON org_01a216049f007310b0b79d2deddb40b1.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON org_01a216049f007310b0b79d2deddb40b1.mailed_tokens USING btree (user_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON org_01a216049f007310b0b79d2deddb40b1.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON org_01a216049f007310b0b79d2deddb40b1.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


--
-- Name: answer_by_time; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON org_01a21604a8ad72b6881c0580b0d304c1.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON org_01a21604a8ad72b6881c0580b0d304c1.answers USING btree (id varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON org_01a21604a8ad72b6881c0580b0d304c1.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON org_01a21604a8ad72b6881c0580b0d304c1.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON org_01a21604a8ad72b6881c0580b0d304c1.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON org_01a21604a8ad72b6881c0580b0d304c1.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON org_01a21604a8ad72b6881c0580b0d304c1.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON org_01a21604a8ad72b6881c0580b0d304c1.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens USING btree (user_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON org_01a21604a8ad72b6881c0580b0d304c1.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON org_01a21604a8ad72b6881c0580b0d304c1.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


--
-- Name: answer_by_time; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX answer_by_time ON org_01a21604aee876058df860e04b0b3c6a.answers USING btree (created_at);


--
-- Name: answers_id_2ea3af51_like; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX answers_id_2ea3af51_like ON org_01a21604aee876058df860e04b0b3c6a.answers USING btree (id varchar_pattern_ops);


--
-- Name: audit_by_actor; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_actor ON org_01a21604aee876058df860e04b0b3c6a.audit_logs USING btree (actor_id, created_at DESC);


--
-- Name: audit_by_request; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_request ON org_01a21604aee876058df860e04b0b3c6a.audit_logs USING btree (request_id);


--
-- Name: audit_by_resource; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_resource ON org_01a21604aee876058df860e04b0b3c6a.audit_logs USING btree (resource_type, resource_id, created_at DESC);


--
-- Name: audit_by_time; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX audit_by_time ON org_01a21604aee876058df860e04b0b3c6a.audit_logs USING btree (created_at DESC, id DESC);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON org_01a21604aee876058df860e04b0b3c6a.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON org_01a21604aee876058df860e04b0b3c6a.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: mailed_tokens_user_id_cf84bcbf; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX mailed_tokens_user_id_cf84bcbf ON org_01a21604aee876058df860e04b0b3c6a.mailed_tokens USING btree (user_id);


--
-- Name: sessions_user_id_05e26f4a; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE INDEX sessions_user_id_05e26f4a ON org_01a21604aee876058df860e04b0b3c6a.sessions USING btree (user_id);


--
-- Name: user_once_per_address; Type: INDEX; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE UNIQUE INDEX user_once_per_address ON org_01a21604aee876058df860e04b0b3c6a.users USING btree (lower((email)::text)) WHERE (deleted_at IS NULL);


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
-- Name: users count_seats; Type: TRIGGER; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON org_01a216049f007310b0b79d2deddb40b1.users FOR EACH ROW EXECUTE FUNCTION public.count_seats();


--
-- Name: users witness; Type: TRIGGER; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON org_01a216049f007310b0b79d2deddb40b1.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


--
-- Name: users count_seats; Type: TRIGGER; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON org_01a21604a8ad72b6881c0580b0d304c1.users FOR EACH ROW EXECUTE FUNCTION public.count_seats();


--
-- Name: users witness; Type: TRIGGER; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON org_01a21604a8ad72b6881c0580b0d304c1.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


--
-- Name: users count_seats; Type: TRIGGER; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON org_01a21604aee876058df860e04b0b3c6a.users FOR EACH ROW EXECUTE FUNCTION public.count_seats();


--
-- Name: users witness; Type: TRIGGER; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

CREATE TRIGGER witness AFTER INSERT OR DELETE OR UPDATE ON org_01a21604aee876058df860e04b0b3c6a.users FOR EACH ROW EXECUTE FUNCTION public.witness('user', 'password_hash', 'last_login,updated_at');


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
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a216049f007310b0b79d2deddb40b1.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a216049f007310b0b79d2deddb40b1.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a216049f007310b0b79d2deddb40b1.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a21604a8ad72b6881c0580b0d304c1.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604a8ad72b6881c0580b0d304c1.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a21604a8ad72b6881c0580b0d304c1.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mailed_tokens mailed_tokens_user_id_cf84bcbf_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_cf84bcbf_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a21604aee876058df860e04b0b3c6a.users(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: sessions sessions_user_id_05e26f4a_fk_users_id; Type: FK CONSTRAINT; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

ALTER TABLE ONLY org_01a21604aee876058df860e04b0b3c6a.sessions
    ADD CONSTRAINT sessions_user_id_05e26f4a_fk_users_id FOREIGN KEY (user_id) REFERENCES org_01a21604aee876058df860e04b0b3c6a.users(id) DEFERRABLE INITIALLY DEFERRED;


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
-- Name: SCHEMA org_01a216049f007310b0b79d2deddb40b1; Type: ACL; Schema: -; Owner: workix_upgrade_owner
--

GRANT USAGE ON SCHEMA org_01a216049f007310b0b79d2deddb40b1 TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: SCHEMA org_01a21604a8ad72b6881c0580b0d304c1; Type: ACL; Schema: -; Owner: workix_upgrade_owner
--

GRANT USAGE ON SCHEMA org_01a21604a8ad72b6881c0580b0d304c1 TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: SCHEMA org_01a21604aee876058df860e04b0b3c6a; Type: ACL; Schema: -; Owner: workix_upgrade_owner
--

GRANT USAGE ON SCHEMA org_01a21604aee876058df860e04b0b3c6a TO org_01a21604aee876058df860e04b0b3c6a;


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
-- Name: TABLE answers; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a216049f007310b0b79d2deddb40b1.answers TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.user_id; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(user_id) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.actor_type; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_type) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.actor_id; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_id) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.actor_label; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_label) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.action; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(action) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.resource_type; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_type) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.resource_id; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_id) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.changes; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(changes) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.reason; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(reason) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.ip_address; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(ip_address) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.user_agent; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(user_agent) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: COLUMN audit_logs.request_id; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT INSERT(request_id) ON TABLE org_01a216049f007310b0b79d2deddb40b1.audit_logs TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: TABLE django_session; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a216049f007310b0b79d2deddb40b1.django_session TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: TABLE mailed_tokens; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a216049f007310b0b79d2deddb40b1.mailed_tokens TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: TABLE sessions; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a216049f007310b0b79d2deddb40b1.sessions TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: TABLE users; Type: ACL; Schema: org_01a216049f007310b0b79d2deddb40b1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a216049f007310b0b79d2deddb40b1.users TO org_01a216049f007310b0b79d2deddb40b1;


--
-- Name: TABLE answers; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.answers TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.user_id; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(user_id) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.actor_type; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_type) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.actor_id; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_id) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.actor_label; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_label) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.action; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(action) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.resource_type; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_type) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.resource_id; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_id) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.changes; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(changes) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.reason; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(reason) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.ip_address; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(ip_address) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.user_agent; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(user_agent) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: COLUMN audit_logs.request_id; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT INSERT(request_id) ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.audit_logs TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: TABLE django_session; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.django_session TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: TABLE mailed_tokens; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.mailed_tokens TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: TABLE sessions; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.sessions TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: TABLE users; Type: ACL; Schema: org_01a21604a8ad72b6881c0580b0d304c1; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604a8ad72b6881c0580b0d304c1.users TO org_01a21604a8ad72b6881c0580b0d304c1;


--
-- Name: TABLE answers; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604aee876058df860e04b0b3c6a.answers TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT SELECT ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.user_id; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(user_id) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.actor_type; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_type) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.actor_id; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_id) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.actor_label; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(actor_label) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.action; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(action) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.resource_type; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_type) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.resource_id; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(resource_id) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.changes; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(changes) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.reason; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(reason) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.ip_address; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(ip_address) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.user_agent; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(user_agent) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: COLUMN audit_logs.request_id; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT INSERT(request_id) ON TABLE org_01a21604aee876058df860e04b0b3c6a.audit_logs TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: TABLE django_session; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604aee876058df860e04b0b3c6a.django_session TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: TABLE mailed_tokens; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604aee876058df860e04b0b3c6a.mailed_tokens TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: TABLE sessions; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604aee876058df860e04b0b3c6a.sessions TO org_01a21604aee876058df860e04b0b3c6a;


--
-- Name: TABLE users; Type: ACL; Schema: org_01a21604aee876058df860e04b0b3c6a; Owner: workix_upgrade_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE org_01a21604aee876058df860e04b0b3c6a.users TO org_01a21604aee876058df860e04b0b3c6a;


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


