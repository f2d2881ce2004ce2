"""Background jobs of the privacy app, which are looked for here: building an export, and the erasures that are due."""

from privacy.erasures.tasks import erase_due
from privacy.exports.tasks import build_export

__all__ = ["build_export", "erase_due"]
