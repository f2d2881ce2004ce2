"""The production topology on this machine (deploy/local): nginx, gunicorns, worker, PgBouncer, PostgreSQL, Redis, Prometheus."""
