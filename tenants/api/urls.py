"""Paths of this floor."""

from django.urls import path

from tenants.api.organization import OrganizationView

urlpatterns = [path("organization/", OrganizationView.as_view())]
