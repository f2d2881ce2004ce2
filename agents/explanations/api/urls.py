"""URL patterns of the API of explanations."""

from django.urls import path

from agents.explanations.api.explanation import ExplanationView
from agents.explanations.api.holders import HoldersView

urlpatterns = [
    path("authz/explanation/", ExplanationView.as_view()),
    path("authz/holders/", HoldersView.as_view()),
]
