"""Settings of the OpenAPI document (drf-spectacular): what it is called, its tags, and what is added to it."""

from __future__ import annotations

from typing import Any

_SETTINGS: dict[str, Any] = {
    "TITLE": "Workix",
    "DESCRIPTION": "The foundation of a visual automation platform. Errors are problem+json (RFC 9457).",
    "VERSION": "1",
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "CONTACT": {"name": "Workix", "url": "https://workix.dev"},
    "TAGS": [
        {"name": "Audit trail", "description": "What happened, who did it, and why."},
        {"name": "Log-in", "description": "Sessions, passwords, and links of e-mails."},
        {"name": "Me", "description": "Whoever is logged in."},
        {"name": "Organizations", "description": "Opening one, and the one that is entered."},
        {"name": "People", "description": "Who may come in, and as what."},
        {"name": "Quotas", "description": "What an organization may use, and has used."},
    ],
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "workix.api.openapi.tags.add_tags",
        "workix.api.openapi.problems.add_problems",
        "workix.api.openapi.headers.add_headers",
        "workix.api.openapi.examples.add_examples",
        "workix.api.openapi.links.add_links",
        "agents.openapi.add_dry_run",
        "agents.runs.openapi.add_reasons",
    ],
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "accounts.models.user.ROLES",
        "StatusEnum": "tenants.models.Status.choices",
        "ScopesEnum": "accounts.api_keys.api.serializers.SCOPES",
        "AgentScopesEnum": "agents.api.serializers.SCOPES",
    },
}


def document_settings(public_url: str) -> dict[str, Any]:
    """Return what SPECTACULAR_SETTINGS is, of a platform at this address."""
    here = {"url": public_url, "description": "This platform; an organization is at a host of its own."}
    return {**_SETTINGS, "SERVERS": [here]}
