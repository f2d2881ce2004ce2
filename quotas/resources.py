"""Resources: what is counted against a quota, found by its name; the apps declare them."""

from __future__ import annotations

from workix.core.apps import resources
from workix.core.errors import NotFound
from workix.core.resources import Resource

#: Those that code names.
USERS, PIPELINES, EXECUTIONS = "users", "pipelines", "executions"


def get_resource(name: str) -> Resource:
    """Return what an app declared under this name.

    :raises NotFound: when nothing of this name is counted.
    """
    found = resources().get(name)
    if found is None:
        raise NotFound
    return found
