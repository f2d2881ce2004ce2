"""Background jobs of the privacy app, which are looked for here: exports, compliance reports, erasures, and mails about them."""

from privacy.compliance.tasks import build_compliance_report
from privacy.erasures.notices import send_erasure_scheduled
from privacy.erasures.tasks import erase_due
from privacy.exports.tasks import build_export

__all__ = ["build_compliance_report", "build_export", "erase_due", "send_erasure_scheduled"]
