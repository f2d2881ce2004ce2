-- Fixture rows of the isolation tests: in each of its two organizations, as the owner, the marker wherever an attack could find it.
INSERT INTO users (id, organization_id, email, password_hash, first_name, last_name, role, is_active,
                   created_at, updated_at)
VALUES (%(user)s, %(organization)s, %(address)s, %(marker)s, %(marker)s, '', 'admin', true, now(), now());

INSERT INTO sessions (id, user_id, refresh_hash, expires_at, ip_address, user_agent, last_seen_at, created_at, updated_at)
VALUES (gen_random_uuid(), %(user)s, %(marker)s, now(), '', '', now(), now(), now());

INSERT INTO email_tokens (id, user_id, purpose, token_hash, expires_at, created_at, updated_at)
VALUES (gen_random_uuid(), %(user)s, 'confirm_email', %(marker)s, now(), now(), now());

INSERT INTO invitations (id, email, first_name, last_name, role, status, token_hash, expires_at, ended_at, created_at, updated_at)
VALUES (gen_random_uuid(), %(address)s, %(marker)s, '', 'admin', 'withdrawn', %(marker)s, now(), now(), now(), now());

INSERT INTO django_session (session_key, session_data, expire_date) VALUES (left(%(marker)s, 40), %(marker)s, now());

INSERT INTO public.email_index (id, address_hash, organization_id)
VALUES (gen_random_uuid(), %(marker)s, %(organization)s);

INSERT INTO public.procrastinate_jobs (queue_name, task_name, args, scheduled_at)
VALUES ('prove', 'prove.nothing',
        jsonb_build_object('organization_id', %(organization)s::text, 'secret', %(marker)s::text),
        now() + interval '1 day');

INSERT INTO public.past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used)
VALUES (gen_random_uuid(), now(), now(), %(organization)s, 'executions', '2001-01-01', 5, 5);

INSERT INTO public.heavy_use (id, organization_id, hour, requests) VALUES (gen_random_uuid(), %(organization)s, '2001-01-01', 5);

INSERT INTO public.quota_shares (rank, organization_id, resource, share, found_at)
SELECT coalesce(max(rank), 0) + 1, %(organization)s, 'executions', 1, now() FROM public.quota_shares;

INSERT INTO public.quota_reservations (id, organization_id, resource, period_starts_on, amount, committed, actor_type, created_at,
                                       expires_at, outcome)
VALUES (gen_random_uuid(), %(organization)s, 'executions', '2001-01-01', 5, 0, 'person', now(), now() + interval '1 day', '');

-- For the attacks on what the planner keeps of a table's values.
ANALYZE users;

-- Nobody can log in, and what only a waiting organization may do is seen to be refused.
UPDATE public.organizations SET status = 'suspended' WHERE id = %(organization)s
