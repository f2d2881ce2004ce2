"""Factory of pipelines for tests, and what a test counts of them."""

from __future__ import annotations

from examples.pipelines.editing import add
from examples.pipelines.models import Pipeline
from tenants.scope import use_tenant
from tests.acts import used
from tests.cast import Cast


def make_pipeline(cast: Cast, name: str = "Invoices", *, is_enabled: bool = True) -> Pipeline:
    """Add a pipeline to the organization of `cast`."""
    with use_tenant(cast.organization):
        return add(name=name, is_enabled=is_enabled)


def path_of(made: Pipeline) -> str:
    return f"pipelines/{made.id}/"


def counted(cast: Cast) -> tuple[int, int]:
    """Count the rows that are there, and the units of the quota that are taken: they are the same at any moment."""
    with use_tenant(cast.organization):
        return Pipeline.objects.count(), used(cast, "pipelines")
