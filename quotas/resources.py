"""Resources: what is counted against a quota, and over which period."""

from __future__ import annotations

from django.db.models import TextChoices


class Period(TextChoices):
    NONE = "none", "Counts what is there"
    MONTH = "month", "Starts anew each month (UTC)"


class Resource(TextChoices):
    USERS = "users", "People"
    PIPELINES = "pipelines", "Pipelines"
    EXECUTIONS = "executions", "Executions"

    @property
    def period(self) -> Period:
        return Period.MONTH if self is Resource.EXECUTIONS else Period.NONE
