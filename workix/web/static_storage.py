"""Static files storage: where a style sheet, script or picture is found, worked out once a name."""

# Note [Addresses of static files]
# Files do not change while a process lives, and their names come from templates and from Django's own lists, which show
# a picture in every cell that says yes or no. So the address of each is worked out once.

from __future__ import annotations

from functools import cached_property

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class KnownAddresses(StaticFilesStorage):
    """See Note [Addresses of static files]."""

    @cached_property
    def _known(self) -> dict[str | None, str]:
        return {}

    def url(self, name: str | None, force: bool = False) -> str:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = super().url(name)
        return known


class PlainStorage(KnownAddresses):
    """Files under their own names, as they are while one works on them."""


class HashedStorage(KnownAddresses, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library has no types
    """Files under names that change with what is in them, compressed."""
