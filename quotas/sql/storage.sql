-- Storage by organization: the size on disk (pg_total_relation_size) of everything in its schema.

-- See Note [Measuring storage] in quotas/heavy_use/storage.py.
CREATE OR REPLACE FUNCTION public.measure_storage(those uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.heavy_use AS h (id, organization_id, hour, storage_bytes)
    SELECT gen_random_uuid(), o.id, date_trunc('hour', now(), 'UTC'), sum(pg_total_relation_size(c.oid))
      FROM public.organizations AS o
      JOIN pg_namespace AS n ON n.nspname = o.schema_name
      JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'm')
     WHERE o.id = ANY (those) AND o.deleted_at IS NULL
     GROUP BY o.id ORDER BY o.id
    ON CONFLICT (hour, organization_id) DO UPDATE SET storage_bytes = excluded.storage_bytes
$$;
