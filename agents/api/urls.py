"""URL patterns of the API of agents."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from agents.api.agents import AgentViewSet
from agents.api.sandboxes import SandboxesView, SandboxView
from agents.api.stopping import StoppingViewSet
from agents.api.usage import UsageViewSet
from agents.explanations.api.urls import urlpatterns as explanation_urls
from agents.proposals.api.policy import ApprovalPolicyView
from agents.proposals.api.proposals import ProposalViewSet

router = SimpleRouter(use_regex_path=False)
router.register("agents", AgentViewSet, basename="agent")
router.register("agents", StoppingViewSet, basename="agent-stopping")
router.register("agents", UsageViewSet, basename="agent-usage")
router.register("proposals", ProposalViewSet, basename="proposal")
urlpatterns = [
    path("approval-policy/", ApprovalPolicyView.as_view(), name="approval-policy"),
    path("sandboxes/", SandboxesView.as_view()),
    path("sandboxes/<uuid:pk>/", SandboxView.as_view()),
    *explanation_urls,
    *router.urls,
]
