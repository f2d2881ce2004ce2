"""Background jobs of the privacy app, which are looked for here: exports, erasures that are due, and mails about them."""

from privacy.erasures.notices import send_erasure_scheduled
from privacy.erasures.tasks import erase_due
from privacy.exports.tasks import build_export

__all__ = ["build_export", "erase_due", "send_erasure_scheduled"]
