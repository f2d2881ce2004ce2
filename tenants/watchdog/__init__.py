"""The watchdog: ends sessions of organizations' roles that outstay their plan (pg_terminate_backend), in the worker."""

# Raw SQL: this folder looks at the server's own views.
