"""Return addresses of a sign-on (against open redirects): a path of ours, or a page of an allowed origin."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models.identity_provider import LONGEST_RETURN
from tenants.resolution import origins_of_host
from workix.config.origins import page_origin
from workix.core.errors import Invalid

#: Where a sign-on of pages leads that names nothing else.
HOME = "/admin/"


class ReturnAddressNotAllowed(Invalid):
    def __init__(self, detail: str) -> None:
        super().__init__(detail, field="return_to", problem="not_allowed")


def path_of_ours(text: str) -> str:
    """Return a path on this host; what is none leads home.

    A browser reads `//host`, `/\\host` and what has control characters in it as another host's.
    """
    is_path = text.startswith("/") and text.isascii() and text.isprintable() and len(text) <= LONGEST_RETURN
    return text if is_path and url_has_allowed_host_and_scheme(text, allowed_hosts=None) else HOME


def page_of_front_end(text: str, request: HttpRequest) -> str:
    """Return the address of a page whose origin may call the API here (CORS), without query and fragment.

    :raises ReturnAddressNotAllowed: when it is none.
    """
    if len(text) > LONGEST_RETURN or not text.isascii() or not text.isprintable() or set(text) & set(" ?#@\\"):
        raise ReturnAddressNotAllowed("This must be the address of a page, without a query.")
    try:
        parts = urlsplit(text)
        origin = page_origin(f"{parts.scheme}://{parts.netloc}")
    except ValueError as error:
        raise ReturnAddressNotAllowed("This must be the address of a page, without a query.") from error
    if origin not in settings.WORKIX.allowed_origins and origin not in origins_of_host(request):
        raise ReturnAddressNotAllowed(
            "Pages of this origin may not call the API here: see your organization's policies."
        )
    return f"{origin}{parts.path or '/'}"


def with_query(address: str, **query: str) -> str:
    return f"{address}?{urlencode(query)}"
