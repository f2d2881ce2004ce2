-- Arrivals (transactional outbox): notes each entry of an organization's trail in `public`, in the transaction that wrote it,
-- for the sequencer, which gives committed entries their place in the Merkle tree.

-- A trigger function can't be called, so nobody notes what was not written, and whose trail it is, the trigger's own schema
-- says. It reads no table of an organization, only the rows it fires for. Before the migration that makes the table, and when
-- that was taken back, nothing is noted; what was written meanwhile is noted when the trigger is made anew.
CREATE OR REPLACE FUNCTION public.note_arrivals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_regclass('public.audit_arrivals') IS NOT NULL THEN
        INSERT INTO public.audit_arrivals (organization_id, entry_id)
        SELECT substr(TG_TABLE_SCHEMA, 5)::uuid, id FROM new_rows;
    END IF;
    RETURN NULL;
END
$$;

-- Notes the entries that were there before the trigger, in their order. Called by the owner, once, where the trigger is made.
CREATE OR REPLACE FUNCTION public.note_existing_entries(of_schema text, of_table text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_regclass('public.audit_arrivals') IS NULL OR to_regclass(format('%I.audit_leaves', of_schema)) IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('INSERT INTO public.audit_arrivals (organization_id, entry_id) SELECT %L::uuid, id FROM %I.%I AS e
                     WHERE NOT EXISTS (SELECT 1 FROM %I.audit_leaves AS l WHERE l.entry_id = e.id)
                       AND NOT EXISTS (SELECT 1 FROM public.audit_arrivals AS a WHERE a.entry_id = e.id)
                     ORDER BY created_at, id',
                   substr(of_schema, 5), of_schema, of_table, of_schema);
END
$$;
