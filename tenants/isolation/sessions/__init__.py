"""Sessions that are in an owner's way: those of a role (pg_terminate_backend), and whoever holds a lock (pg_blocking_pids)."""

# Raw SQL: this folder is made of it, and reviewed line by line.
