"""URL patterns of the API of webhooks."""

from rest_framework.routers import SimpleRouter

from webhooks.api.webhooks import WebhookViewSet

router = SimpleRouter(use_regex_path=False)
router.register("webhooks", WebhookViewSet, basename="webhook")
urlpatterns = router.urls
