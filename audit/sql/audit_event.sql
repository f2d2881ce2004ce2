-- Audit events: entries that no row shows, written by record() of audit/recording.py, each with a signed context of its own.

-- It runs with the rights of whoever calls it and finds the trail by their search_path, so it writes where they can. The
-- context of the transaction is as before when it is done.
CREATE OR REPLACE FUNCTION public.record_event(signed text, mac bytea, done text, of_type text, of_id text, called text,
                                               details jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    before text := coalesce(pg_catalog.current_setting('workix.context', true), '');
BEGIN
    PERFORM public.set_context(signed, mac);
    INSERT INTO audit_logs (actor_type, action, resource_type, resource_id, resource_label, changes)
    VALUES ('database', done, of_type, of_id, called, details);
    EXECUTE pg_catalog.format('SET LOCAL workix.context = %L', before);
END
$$;

-- Whoever adds an entry by themselves says what happened, and never who did it: that is the verified context's to say.
CREATE OR REPLACE FUNCTION public.set_event_actor() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    verified boolean := public.context_is_verified();
    of_no_run constant jsonb := '{"run_id": "", "step_id": "", "on_behalf_of": null}';
BEGIN
    IF verified THEN
        NEW := jsonb_populate_record(NEW, of_no_run || substr(current_setting('workix.context'), 65)::jsonb);
    ELSE
        NEW := jsonb_populate_record(NEW, of_no_run || '{"user_id": null, "actor_type": "database", "actor_id": null, "actor_label": "",
            "reason": "", "ip_address": "", "user_agent": "", "request_id": "", "source": "database"}');
        PERFORM public.count_unverified_context();
    END IF;
    NEW.is_verified := verified;
    RETURN NEW;
END
$$;
