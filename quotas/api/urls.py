"""URL patterns of the quotas API."""

from rest_framework.routers import SimpleRouter

from quotas.api.quotas import QuotaViewSet

router = SimpleRouter(use_regex_path=False)
router.register("quotas", QuotaViewSet, basename="quota")
urlpatterns = router.urls
