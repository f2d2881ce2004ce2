"""Links of admin pages to an organization's page in the console."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html


def link_to_organization(identity: str, name: str) -> str:
    address = reverse("admin:tenants_organization_change", args=[identity], current_app="console")
    return format_html('<a href="{}">{}</a>', address, name)
