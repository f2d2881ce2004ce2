"""Retention of removed pipelines: they are kept for a while, then deleted for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from examples.pipelines.models import Pipeline

#: How long a removed pipeline can be restored.
KEPT_FOR = timedelta(days=30)


def delete_removed(*, now: datetime) -> int:
    """Delete for good what was removed more than `KEPT_FOR` ago; return how many there were."""
    with transaction.atomic():
        deleted, _by_model = Pipeline.with_removed.filter(deleted_at__lte=now - KEPT_FOR).delete()
    return deleted
