"""URL patterns of the quotas API."""

from rest_framework.routers import SimpleRouter

from quotas.api.quotas import QuotaViewSet
from quotas.api.reservations import ReservationViewSet

router = SimpleRouter(use_regex_path=False)
router.register("quotas/reservations", ReservationViewSet, basename="quota-reservation")
router.register("quotas", QuotaViewSet, basename="quota")
urlpatterns = router.urls
