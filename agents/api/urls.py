"""URL patterns of the API of agents."""

from rest_framework.routers import SimpleRouter

from agents.api.agents import AgentViewSet

router = SimpleRouter(use_regex_path=False)
router.register("agents", AgentViewSet, basename="agent")
urlpatterns = router.urls
