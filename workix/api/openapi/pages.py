"""Swagger UI and ReDoc: the pages that show the OpenAPI document."""

from __future__ import annotations

from csp.decorators import csp_update
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView

swagger = SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="pages/swagger.html")

#: ReDoc makes an empty style sheet and fills it by calls, writes that of its scroll bars whole, and searches in a worker made
#: from a blob. Only this page may; it shows a public document, takes no input and knows no session. These two sheets may be in
#: the page, by their hashes, and no other; a release of ReDoc with another one is seen by a test at a browser.
_NOTHING = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
_SCROLL_BARS = "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='"
redoc = csp_update({"style-src": [_NOTHING, _SCROLL_BARS], "worker-src": ["blob:"]})(
    SpectacularRedocView.as_view(url_name="schema", template_name="pages/redoc.html")
)
