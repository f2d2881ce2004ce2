"""Addresses that are kept are those that Django would work out."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from accounts.models import User
from workix.admin.addresses import address_of, page_of_list, page_of_row
from workix.core.models import uuid7


def drawn(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize("site", ["dashboard", "console"])
def test_the_page_of_a_row_is_where_django_has_it(site: str) -> None:
    for key in (uuid7(), "a/b_c"):
        expected = reverse("admin:accounts_user_change", args=[str(key).replace("_", "_5F").replace("/", "_2F")])
        assert page_of_row(User._meta, key, site) == expected
    assert page_of_list(User._meta, site) == reverse("admin:accounts_user_changelist", current_app=site)


def test_an_address_is_below_the_prefix_of_the_request() -> None:
    below = []
    for prefix in ("/", "/below/", "/"):
        set_script_prefix(prefix)
        below.append(address_of("schema"))
    assert below == ["/api/v1/schema/", "/below/api/v1/schema/", "/api/v1/schema/"]


def test_the_tag_of_templates_does_what_djangos_does() -> None:
    request = SimpleNamespace(current_app="console")
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'nowhere' %}")
    assert drawn("{% url 'admin:index' %}", request=request) == "/admin/"
    assert drawn("{% url 'admin:index' as home %}[{{ home }}]", request=request) == "[/admin/]"
    assert drawn("{% url 'nowhere' as home %}[{{ home }}]") == "[]"
    assert drawn("{% url name %}", name="admin:logout") == reverse("admin:logout")
    assert drawn("{% url 'admin:accounts_user_change' 7 %}") == "/admin/accounts/user/7/change/"
    assert drawn("{% autoescape off %}{% url 'admin:index' %}{% endautoescape %}") == "/admin/"
