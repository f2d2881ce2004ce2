"""URL reversing: an address that takes no argument is reversed once, by Python and by the {% url %} tag of every template."""

# Note [Known addresses]
# Django's reverse() costs as much as a small query, and a page of the dashboard has thirty links, most of them the same on
# every page. What takes no argument depends on the URLs, the site and the prefix alone, so it is kept. The page of a row is
# the list's address and the row's key.

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models.options import Options
from django.template import Context, Library, defaulttags
from django.template.base import Parser, Token
from django.urls import NoReverseMatch, URLResolver, get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

register = Library()


def address_of(view: str, site: str | None = None) -> str:
    """Return the address of a view that takes no argument. See Note [Known addresses]."""
    return _reversed(view, site, get_script_prefix(), get_resolver(get_urlconf()))


def page_of_list(options: Options[Any], site: str) -> str:
    """Return the address of a model's list in the admin."""
    return address_of(f"admin:{options.app_label}_{options.model_name}_changelist", site)


def page_of_row(options: Options[Any], key: Any, site: str) -> str:
    """Return the address of one row's page in the admin, as Django's own URLs have it."""
    return f"{page_of_list(options, site)}{quote(key)}/change/"


@register.tag
def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    """Put an address into a page, as Django's own tag does."""
    node = defaulttags.url(parser, token)
    return KnownURLNode(node.view_name, node.args, node.kwargs, node.asvar)


class KnownURLNode(defaulttags.URLNode):
    """See Note [Known addresses]."""

    def render(self, context: Context) -> str:
        if self.args or self.kwargs or not context.autoescape:
            return super().render(context)
        try:
            address = address_of(self.view_name.resolve(context), _site_of(getattr(context, "request", None)))
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = address
            return ""
        return str(conditional_escape(address))


def _site_of(request: Any) -> str | None:
    """Name the instance of an application that a page belongs to, as Django's own tag does."""
    if hasattr(request, "current_app"):
        return request.current_app  # type: ignore[no-any-return]  # whatever a view set
    match = getattr(request, "resolver_match", None)
    return None if match is None else match.namespace


@lru_cache(maxsize=1_000)
def _reversed(view: str, site: str | None, prefix: str, urls: URLResolver) -> str:
    """Reverse in the URLs and below the prefix of this thread, which are part of the question."""
    return reverse(view, current_app=site)
