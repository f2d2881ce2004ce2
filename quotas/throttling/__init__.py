"""Rate limits of requests (throttling): GCRA over all processes, leased in batches, in PostgreSQL or Redis."""
