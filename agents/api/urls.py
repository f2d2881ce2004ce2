"""URL patterns of the API of agents."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from agents.api.agents import AgentViewSet
from agents.api.sandboxes import SandboxesView, SandboxView

router = SimpleRouter(use_regex_path=False)
router.register("agents", AgentViewSet, basename="agent")
urlpatterns = [
    *router.urls,
    path("sandboxes/", SandboxesView.as_view()),
    path("sandboxes/<uuid:pk>/", SandboxView.as_view()),
]
