"""A migration that waits in every organization: `manage.py migrate`, and beside it the same SQL in a loop by psql."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contenders import find_psql, libpq_environment
from benchmarks.migrate.spending import ask
from benchmarks.processes import python, run
from benchmarks.sides.workix import Workix
from devserver.postgres.server import Cluster

#: Where every schema is taken back to, so that the next one waits: two columns, two indexes and a check.
BEFORE = ("pipelines", "0001_initial")
#: It is of the example's app, which is in settings of its own.
SETTINGS = "benchmarks.sides.feature_app_settings"
_SQL = """
BEGIN;
SET LOCAL search_path = {schema}, public, pg_temp;
ALTER TABLE pipelines ADD COLUMN deleted_at timestamp with time zone NULL;
ALTER TABLE pipelines ADD COLUMN schedule varchar(10) DEFAULT 'manual' NOT NULL;
CREATE INDEX pipelines_by_schedule ON pipelines (schedule, created_at DESC, id DESC);
CREATE INDEX pipelines_removed ON pipelines (deleted_at) WHERE deleted_at IS NOT NULL;
ALTER TABLE pipelines ADD CONSTRAINT pipeline_has_a_known_schedule CHECK (schedule IN ('manual', 'hourly', 'daily'));
INSERT INTO django_migrations (app, name, applied) VALUES ('pipelines', '0002_schedule_and_soft_deletion', now());
COMMIT;
"""
_SCHEMAS = "SELECT string_agg(schema_name, ' ' ORDER BY created_at) FROM public.organizations WHERE deleted_at IS NULL"


def take_back(workix: Workix) -> None:
    """Take every schema back, so that one migration waits in each."""
    run(python("-W", "ignore", "manage.py", "migrate", *BEFORE, "--noinput", "--quiet"), workix.settings)


def loop(workix: Workix, cluster: Cluster, scratch: Path) -> None:
    """Apply what waits to each organization with one `psql`, a transaction each; nothing else of what `migrate` does."""
    file = scratch / "loop.sql"
    file.write_text("".join(_SQL.format(schema=schema) for schema in ask(cluster, _SCHEMAS).split()))
    command = [find_psql(), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(file)]
    run(command, libpq_environment(cluster.owner))
