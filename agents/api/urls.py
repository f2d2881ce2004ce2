"""URL patterns of the API of agents."""

from agents.explanations.api.urls import urlpatterns

__all__ = ["urlpatterns"]
