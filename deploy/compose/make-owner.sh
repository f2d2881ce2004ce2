#!/usr/bin/env bash
# Makes the owner role and its database, when the server's folder is new. The role is no superuser: walls would not hold one.
set -euo pipefail
psql --username postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/owner_password)" <<'SQL'
CREATE ROLE workix_owner LOGIN CREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE workix OWNER workix_owner;
GRANT SET ON PARAMETER temp_file_limit TO workix_owner;
SQL
