-- The e-mail index: the caller's organization adds and removes keyed hashes of its own people's addresses.

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

-- What an earlier release called the functions of the e-mail index.
DROP FUNCTION IF EXISTS public.add_my_directory_line(text), public.remove_my_directory_line(text);
