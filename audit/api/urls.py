"""Paths of this floor."""

from rest_framework.routers import SimpleRouter

from audit.api.entries import EntryViewSet

router = SimpleRouter(use_regex_path=False)
router.register("audit-logs", EntryViewSet, basename="entry")
urlpatterns = router.urls
