-- The signed audit context: who acts, in which request and why, as the application signed it (HMAC-SHA256), good for one
-- transaction. See Note [Signed context] in audit/context.py.

-- HMAC-SHA256 (RFC 2104): there is no pgcrypto, so a key comes in its two padded forms. Only the owner's functions call it
-- and the next; they compare digests of what it returns, so that how long that takes tells nothing.
CREATE OR REPLACE FUNCTION public.hmac_sha256(inner_key bytea, outer_key bytea, message bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT sha256(outer_key || sha256(inner_key || message)) $$;

-- What ties a context to the transaction it is given to: this process of the server, and the moment the transaction began.
-- Where one transaction is of several servers (Citus), this function alone is another.
CREATE OR REPLACE FUNCTION public.transaction_binding() RETURNS text
LANGUAGE sql STABLE AS $$ SELECT pg_backend_pid() || ' ' || extract(epoch FROM transaction_timestamp()) || ' ' $$;

-- Takes what the application signed for whoever is logged in, not long ago; answers whether it was that. What it was not is
-- forgotten, and so is the context before it: what follows is written down as unverified. Before the migration that makes
-- the key's table, nothing is signed.
CREATE OR REPLACE FUNCTION public.set_context(signed text, mac bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    inner_key bytea;
    outer_key bytea;
    context   text;
    verified  boolean := false;
BEGIN
    IF to_regclass('public.signed_call_key') IS NOT NULL THEN
        SELECT k.inner_key, k.outer_key INTO inner_key, outer_key FROM public.signed_call_key AS k;
        verified := coalesce(
            sha256(mac) = sha256(public.hmac_sha256(inner_key, outer_key, convert_to(signed, 'UTF8')))
            AND starts_with(signed, 'set_context ' || session_user || ' ')
            AND abs(extract(epoch FROM clock_timestamp()) - split_part(signed, ' ', 3)::bigint) < 300, false);
    END IF;
    IF verified THEN
        context := substr(signed, strpos(signed, '{'));
        PERFORM set_config('workix.context', encode(public.hmac_sha256(inner_key, outer_key,
            convert_to(public.transaction_binding() || context, 'UTF8')), 'hex') || context, true);
    ELSE
        PERFORM set_config('workix.context', '', true);
    END IF;
    RETURN verified;
END
$$;

-- Whether workix.context is what set_context() left there in this transaction: a MAC of 64 digits, then the context.
CREATE OR REPLACE FUNCTION public.context_is_verified() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept      text := current_setting('workix.context', true);
    inner_key bytea;
    outer_key bytea;
BEGIN
    IF NOT coalesce(length(kept) > 64, false) OR to_regclass('public.signed_call_key') IS NULL THEN
        RETURN false;
    END IF;
    SELECT k.inner_key, k.outer_key INTO inner_key, outer_key FROM public.signed_call_key AS k;
    RETURN coalesce(sha256(convert_to(left(kept, 64), 'UTF8')) = sha256(convert_to(encode(public.hmac_sha256(inner_key,
        outer_key, convert_to(public.transaction_binding() || substr(kept, 65), 'UTF8')), 'hex'), 'UTF8')), false);
END
$$;

-- How often somebody but the owner wrote what no context was verified for. A sequence counts what is rolled back, too, and
-- nobody waits for anybody. A proof of isolation attacks on purpose, every night, from an organization that the owner named.
CREATE SEQUENCE IF NOT EXISTS public.unverified_contexts MINVALUE 0 START WITH 0;

CREATE OR REPLACE FUNCTION public.count_unverified_context() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF session_user = current_user THEN
        RETURN;
    END IF;
    IF to_regclass('public.isolation_proofs') IS NOT NULL THEN
        IF EXISTS (SELECT 1 FROM public.isolation_proofs AS p
                    WHERE NOT p.is_cleared AND session_user = 'org_' || replace(p.attacker_id::text, '-', '')) THEN
            RETURN;
        END IF;
    END IF;
    PERFORM nextval('public.unverified_contexts');
    RAISE LOG 'a context of the audit trail was not verified, session of %', session_user;
END
$$;

CREATE OR REPLACE FUNCTION public.count_of_unverified_contexts() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.unverified_contexts
$$;
