-- Fingerprint (MD5) of what the catalogs say about each schema asked for: tables, triggers, checks, owners and grants.
-- A schema's own name and its organization's id are left out, so that two which are alike have the same fingerprint. See
-- Note [Schemas that are alike].
WITH ours AS (SELECT oid, nspname, nspowner, nspacl FROM pg_catalog.pg_namespace WHERE nspname = ANY (%s)),
relations AS (
    SELECT nspname, c.oid, relname, relkind, relowner, relacl
      FROM ours JOIN pg_catalog.pg_class AS c ON c.relnamespace = ours.oid WHERE relkind NOT IN ('i', 'I', 't')),
facts (nspname, fact) AS (
    SELECT nspname, concat_ws(' ', 'schema', nspowner, nspacl) FROM ours
    UNION ALL
    SELECT nspname, concat_ws(' ', 'relation', relname, relkind, relowner, relacl) FROM relations
    UNION ALL
    SELECT nspname, concat_ws(' ', 'column', relname, attname, attnotnull, attacl, (
               SELECT pg_get_expr(adbin, adrelid) FROM pg_catalog.pg_attrdef
                WHERE adrelid = relations.oid AND adnum = attnum AND attname = 'organization_id'))
      FROM relations JOIN pg_catalog.pg_attribute ON attrelid = relations.oid
     WHERE (attacl IS NOT NULL OR attname = 'organization_id') AND NOT attisdropped
    UNION ALL
    SELECT nspname, concat_ws(' ', 'check', relname, conname, convalidated,
                     CASE WHEN conname = 'belongs_to_this_organization' THEN pg_get_expr(conbin, conrelid) END)
      FROM relations JOIN pg_catalog.pg_constraint ON conrelid = relations.oid WHERE contype = 'c'
    UNION ALL
    SELECT nspname, concat_ws(' ', 'trigger', relname, tgname, tgfoid, tgtype, tgattr, tgenabled, tgqual, tgargs,
                     tgoldtable, tgnewtable)
      FROM relations JOIN pg_catalog.pg_trigger ON tgrelid = relations.oid WHERE NOT tgisinternal
    UNION ALL
    SELECT nspname, concat_ws(' ', 'function', p.oid, proowner, proacl)
      FROM ours JOIN pg_catalog.pg_proc AS p ON pronamespace = ours.oid
    UNION ALL
    SELECT nspname, concat_ws(' ', 'type', typname, typowner, typacl)
      FROM ours JOIN pg_catalog.pg_type ON typnamespace = ours.oid WHERE typacl IS NOT NULL)
SELECT nspname, md5(string_agg(replace(replace(fact, nspname, ''), substr(nspname, 5)::uuid::text, ''), E'\n' ORDER BY fact COLLATE "C"))
  FROM facts GROUP BY nspname
