"""URL patterns of the API of agents."""

from rest_framework.routers import SimpleRouter

from agents.api.agents import AgentViewSet
from agents.api.stopping import StoppingViewSet
from agents.api.usage import UsageViewSet

router = SimpleRouter(use_regex_path=False)
router.register("agents", AgentViewSet, basename="agent")
router.register("agents", StoppingViewSet, basename="agent-stopping")
router.register("agents", UsageViewSet, basename="agent-usage")
urlpatterns = router.urls
