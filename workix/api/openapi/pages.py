"""Swagger UI and ReDoc: the pages that show the OpenAPI document."""

from __future__ import annotations

from csp.decorators import csp_update
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView

swagger = SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="pages/swagger.html")

#: ReDoc writes its styles into the page as it draws, and searches in a worker made from a blob. Only this page may; it
#: shows a public document, takes no input and knows no session.
redoc = csp_update({"style-src": ["'unsafe-inline'"], "worker-src": ["blob:"]})(
    SpectacularRedocView.as_view(url_name="schema", template_name="pages/redoc.html")
)
