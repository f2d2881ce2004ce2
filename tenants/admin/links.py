"""Links of admin pages to an organization's page in the console."""

from __future__ import annotations

from django.utils.html import format_html

from tenants.models import Organization
from workix.admin.addresses import page_of_row


def link_to_organization(identity: str, name: str) -> str:
    return format_html('<a href="{}">{}</a>', page_of_row(Organization._meta, identity, "console"), name)
