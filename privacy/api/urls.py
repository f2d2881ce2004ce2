"""URL patterns of the privacy API."""

from rest_framework.routers import SimpleRouter

from privacy.api.compliance_reports import ComplianceReportViewSet
from privacy.api.erasures import ErasureViewSet
from privacy.api.exports import PrivacyExportViewSet

router = SimpleRouter(use_regex_path=False)
router.register("privacy/exports", PrivacyExportViewSet, basename="privacy-export")
router.register("privacy/erasures", ErasureViewSet, basename="privacy-erasure")
router.register("compliance-reports", ComplianceReportViewSet, basename="compliance-report")
urlpatterns = router.urls
