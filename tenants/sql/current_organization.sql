-- What a tenant role may do with its organization's row: nothing but call these functions, which are SECURITY DEFINER (the owner).
-- Each knows its caller by session_user (inside, current_user is the owner), touches only what is that caller's and takes
-- no id of an organization. Each fixes its search_path, so that no name in it can be anybody else's.

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

-- Functions of their own: what one returns can get no column while a release that reads all of them is running.
CREATE OR REPLACE FUNCTION public.my_removal_due_at() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT removal_due_at FROM public.organizations WHERE schema_name = session_user AND deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.my_allowed_origins() RETURNS varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT allowed_origins FROM public.organizations WHERE schema_name = session_user AND deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.my_allowed_networks() RETURNS varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT allowed_networks FROM public.organizations WHERE schema_name = session_user AND deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.my_organization_allows_switching() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT allows_switching AND is_active FROM public.organizations WHERE schema_name = session_user), false)
$$;

CREATE OR REPLACE FUNCTION public.my_quota_warning_percent() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT quota_warning_percent::integer FROM public.organizations WHERE schema_name = session_user AND deleted_at IS NULL
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

-- What they are, the constraint on each column says.
CREATE OR REPLACE FUNCTION public.allow_my_origins(wanted text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.organizations SET allowed_origins = wanted, updated_at = transaction_timestamp()
     WHERE schema_name = session_user AND deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.allow_my_networks(wanted text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.organizations SET allowed_networks = wanted, updated_at = transaction_timestamp()
     WHERE schema_name = session_user AND deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.allow_my_switching(wanted boolean) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.organizations SET allows_switching = wanted, updated_at = transaction_timestamp()
     WHERE schema_name = session_user AND deleted_at IS NULL
$$;

CREATE OR REPLACE FUNCTION public.warn_my_organization_from(wanted integer) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.organizations SET quota_warning_percent = wanted, updated_at = transaction_timestamp()
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
