#!/usr/bin/env bash
# Sets PgBouncer's role and functions up, each time after the migrations: what is there stays as it is. The server is where libpq's
# PGHOST, PGPORT, PGUSER and PGDATABASE say.
set -euo pipefail
cd "${SECRETS:-/run/secrets}"
PGPASSWORD=$(cat superuser_password)
export PGPASSWORD
{
    # On standard input, and not on a command line, which others can read.
    printf "\\\\set prefix '%s'\n\\\\set password '%s'\n" "${WORKIX_ROLE_PREFIX:-workix}" "$(cat pgbouncer_password)"
    cat "${SET_UP:-/etc/pgbouncer/set_up.sql}"
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file -
