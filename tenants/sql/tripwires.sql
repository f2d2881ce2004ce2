-- Tripwires: counts who touches a decoy, which nobody has a reason to, and writes an entry into the platform's own trail.

-- The log of the server has it whatever becomes of the transaction; the sequence counts what is rolled back, too; the entry
-- comes with the transaction, once a minute for a role and a kind, so that nobody fills the trail. The owner, who makes
-- backups, touches nothing, and the attacker of a proof of isolation attacks on purpose.
CREATE SEQUENCE IF NOT EXISTS public.tripwire_touches MINVALUE 0 START WITH 0;

CREATE OR REPLACE FUNCTION public.touch_tripwire(kind text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF session_user = current_user THEN
        RETURN true;
    END IF;
    IF kind IS NULL OR kind NOT IN ('schema', 'api_key', 'person') THEN
        RAISE invalid_parameter_value USING MESSAGE = 'there is no such tripwire';
    END IF;
    IF to_regclass('public.isolation_proofs') IS NOT NULL THEN
        IF EXISTS (SELECT 1 FROM public.isolation_proofs AS p
                    WHERE NOT p.is_cleared AND session_user = 'org_' || replace(p.attacker_id::text, '-', '')) THEN
            RETURN true;
        END IF;
    END IF;
    RAISE LOG 'a tripwire was touched (%), session of %', kind, session_user;
    PERFORM nextval('public.tripwire_touches');
    INSERT INTO public.audit_logs (actor_type, action, resource_type, resource_id, resource_label)
    SELECT 'database', 'tripwire.touched', 'tripwire', kind, session_user
     WHERE NOT EXISTS (SELECT 1 FROM public.audit_logs AS a
                        WHERE a.action = 'tripwire.touched' AND a.created_at > now() - interval '1 minute'
                          AND a.resource_id = kind AND a.database_role = session_user);
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION public.count_of_tripwire_touches() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.tripwire_touches
$$;
