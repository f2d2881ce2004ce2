"""URL patterns of the audit API."""

from rest_framework.routers import SimpleRouter

from audit.api.audit_logs import CheckpointViewSet, LogEntryViewSet

router = SimpleRouter(use_regex_path=False)
router.register("audit-logs/checkpoints", CheckpointViewSet, basename="checkpoint")
router.register("audit-logs", LogEntryViewSet, basename="entry")
urlpatterns = router.urls
