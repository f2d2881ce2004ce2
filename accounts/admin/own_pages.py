"""What the pages of one's own account share (Django admin): whose they are, which session asks, and the frame around them."""

from __future__ import annotations

from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.login import browser_sessions
from accounts.models import User
from workix.admin.sites import site_here
from workix.core.permissions import require_recent_authentication

Row = TypeVar("Row", bound=Model)


def person_of(request: HttpRequest) -> User:
    """Return who looks at a page that whoever is logged in may see."""
    return cast(User, request.user)


def recent_person_of(request: HttpRequest) -> User:
    """Return them, if they logged in not long ago. See Note [Step-up].

    :raises ReauthenticationRequired: when they did not.
    """
    require_recent_authentication(request.user, now=timezone.now())
    return person_of(request)


def session_id_of(request: HttpRequest) -> UUID:
    """Return the session behind the page."""
    found = browser_sessions.session_id_of(request)
    assert found is not None  # who is not logged in does not come here
    return found


def chosen(request: HttpRequest, parameter: str, *, of: QuerySet[Row]) -> Row:
    """Return the one of these rows whose id the form or the address names.

    :raises Http404: when it is none of them.
    """
    try:
        identity = UUID(request.POST.get(parameter, request.GET.get(parameter, "")))
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(of, id=identity)


def page(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    """Draw a page in the frame of the site it is on."""
    shown = site_here().each_context(request) | {"title": title} | context
    return TemplateResponse(request, f"admin/{template}.html", shown)
