"""Admin pages: erasures, exports and compliance reports for admins, and the own data of whoever is logged in."""

from privacy.admin import compliance_reports, erasures, exports, my_data

__all__ = ["compliance_reports", "erasures", "exports", "my_data"]
