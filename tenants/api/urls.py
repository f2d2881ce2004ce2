"""URL patterns of the tenants API."""

from django.urls import path

from tenants.api.organization import OrganizationView

urlpatterns = [
    path("organization/", OrganizationView.as_view()),
]
