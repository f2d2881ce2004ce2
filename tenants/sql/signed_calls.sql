-- Signed calls: HMAC-SHA256 over the text of a call, checked with a key that the owner alone can read (public.hmac_sha256()).
-- See Note [Signed calls] in audit/signed_calls.py. Returns what the call says, once it is the application that said it, of
-- this very function and for the organization of whoever is logged in. Only functions of the owner's call it.

CREATE OR REPLACE FUNCTION public.verified_call(called text, signed text, mac bytea) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    expected bytea := (
        SELECT public.hmac_sha256(inner_key, outer_key, convert_to(signed, 'UTF8')) FROM public.signed_call_key);
    call jsonb;
BEGIN
    IF NOT coalesce(sha256(mac) = sha256(expected), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the application makes this call, and signs it';
    END IF;
    call := signed::jsonb;
    IF NOT coalesce(call ->> 'function' = called
                    AND (call ->> 'organization')::uuid = public.my_organization_id(), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this was signed for another function or another organization';
    END IF;
    RETURN call;
END
$$;
