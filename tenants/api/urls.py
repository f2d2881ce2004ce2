"""URL patterns of the tenants API."""

from django.urls import path

from tenants.api.organization import OrganizationView
from tenants.api.policies import PoliciesView

urlpatterns = [
    path("organization/", OrganizationView.as_view()),
    path("organization/policies/", PoliciesView.as_view()),
]
