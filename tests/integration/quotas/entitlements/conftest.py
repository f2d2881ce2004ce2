"""Fixtures of warnings: five minutes that go by."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from quotas.tasks import warn_of_limits


@pytest.fixture
def tick(run_jobs: Callable[[], None]) -> Callable[[], list[str]]:
    """Let five minutes go by; return the subjects of the mails."""

    def pass_by() -> list[str]:
        mail.outbox.clear()
        warn_of_limits(timestamp=0)
        run_jobs()  # the warnings
        run_jobs()  # their mails
        return sorted(message.subject for message in mail.outbox)

    return pass_by
