"""Opens an organization of Workix in process, and writes the same opening as one script for psql."""

from __future__ import annotations


def open_workix(slug: str, *, password: str) -> None:
    """Open `slug` whole: row, domain, role, schema, quotas, admin, audit entry; `password` is a hash made before."""
    # To be completed: tenants.provisioning.open_organization(…)
    raise NotImplementedError("open_workix() in benchmarks/workix_opening.py is to call the opening.")


def script_of(slug: str, *, password: str) -> str:
    """Return the SQL of opening `slug` as one script: blueprint replay, role, grants, rows."""
    # To be completed: from tenants.blueprint, tenants.walls.
    raise NotImplementedError("script_of() in benchmarks/workix_opening.py is to return the opening's SQL.")
