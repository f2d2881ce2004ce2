"""Paths of this floor."""

from rest_framework.routers import SimpleRouter

from quotas.api.usage import QuotaViewSet

router = SimpleRouter()
router.register("quotas", QuotaViewSet, basename="quota")
urlpatterns = router.urls
