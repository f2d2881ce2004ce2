"""Pipelines: what the app's own tests would say. Copied to tests/unit/pipelines/."""

from __future__ import annotations

from pipelines.models import Pipeline


def test_a_pipeline_is_known_by_its_name() -> None:
    assert str(Pipeline(name="Invoices")) == "Invoices"
