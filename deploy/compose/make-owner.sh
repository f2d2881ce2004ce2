#!/usr/bin/env bash
# Creates the owner role and its database, when the server's data folder is new. It is no superuser: nothing would isolate one.
set -euo pipefail
psql --username postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/owner_password)" <<'SQL'
CREATE ROLE workix_owner LOGIN CREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE workix OWNER workix_owner;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
GRANT SET ON PARAMETER temp_file_limit TO workix_owner;
SQL
