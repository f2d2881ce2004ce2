"""Paths of this floor."""

from rest_framework.routers import SimpleRouter

from audit.api.audit_logs import EntryViewSet

router = SimpleRouter(use_regex_path=False)
router.register("audit-logs", EntryViewSet, basename="entry")
urlpatterns = router.urls
