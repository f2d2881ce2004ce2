"""Renaming a pipeline."""

from __future__ import annotations

from pipelines.models import Pipeline


def rename(pipeline: Pipeline, *, name: str) -> Pipeline:
    """Call the pipeline something else."""
    pipeline.name = name
    pipeline.save(update_fields=["name", "updated_at"])
    return pipeline
