"""Two admin sites: the organization's dashboard and the operators' console."""

from __future__ import annotations

from functools import wraps
from typing import Any, ClassVar, cast

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLResolver
from django.urls.resolvers import RoutePattern
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.admin.login import LogInForm, OwnPasswordPage
from accounts.admin.organizations import OperatorsDoor, OrganizationsDoor
from accounts.admin.users import PeopleDoor, SessionsDoor
from accounts.models import Session, User
from audit.admin import PlatformTrailDoor, TrailDoor
from audit.models import Entry
from quotas.admin import QuotasDoor, in_order
from quotas.limits import balances
from quotas.models import Quota
from tenants.admin import DomainsDoor, JobsDoor
from tenants.current_organization import own_organization
from tenants.models import Domain, Organization, Status
from workix.admin.model_admin import Door
from workix.core.current import Current
from workix.core.permissions import Permission, holds
from workix.core.signals import access_refused

#: How many of the newest rows a home page shows.
NEWEST = 8


class Site(AdminSite):
    """What both have in common."""

    login_form = LogInForm
    site_url = "/"
    enable_nav_sidebar = True
    #: The permission that opens the door.
    entered_by: ClassVar[Permission]

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.disable_action("delete_selected")
        self.index_template = f"admin/{name}/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return holds(request.user, self.entered_by)

    def get_urls(self) -> list[Any]:
        """Leave out the address that leads from any row of any table to its page: ours have none."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Tell the floors above when somebody known was refused, as the API does."""

        @wraps(view)
        def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                answer: HttpResponseBase = view(request, *args, **kwargs)
            except PermissionDenied:
                lacked = getattr(request, "lacked", None)
                access_refused.send(type(self), permission=lacked or "", method=request.method, path=request.path)
                raise
            return answer

        return super().admin_view(telling, cacheable)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List the pages in the order they were registered: there are few, so they are not sorted into apps."""
        found = {model["model"]: model for app in super().get_app_list(request, app_label) for model in app["models"]}
        pages = [found[model] for model in self._registry if model in found]
        for page in pages:
            page["name"] = cast(Door, self._registry[page["model"]]).title
        here = {"name": "Pages", "app_label": "pages", "app_url": "/admin/", "has_module_perms": True}
        return [here | {"models": pages}] if pages else []

    def password_change(  # type: ignore[override]  # Django redirects here too, whatever its stubs say
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        request.current_app = self.name
        context = self.each_context(request) | (extra_context or {})
        page = OwnPasswordPage.as_view(
            template_name="registration/password_change_form.html",
            extra_context=context,
            success_url="done/",
        )
        return page(request)


class Dashboard(Site):
    """Where the people of an organization look after it. Nothing that is shared shows here."""

    entered_by = Permission.DASHBOARD_ENTER
    site_title = "Workix"
    index_title = "Overview"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"site_header": Current.organization.name}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        told = {"organization": own_organization(), "balances": in_order(balances()), "may_add": False, "entries": None}
        told["may_add"] = holds(request.user, Permission.USERS_WRITE)
        if holds(request.user, Permission.AUDIT_READ):
            told["entries"] = list(Entry.objects.all()[:NEWEST])
        return super().index(request, told | (extra_context or {}))


class Console(Site):
    """Where operators look after the platform. No organization's own data shows here."""

    entered_by = Permission.CONSOLE_ENTER
    site_title = "Workix console"
    site_header = "Workix console"
    index_title = "Overview"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        there = Organization.objects.filter(deleted_at__isnull=True)
        counted = dict(there.order_by().values_list("status").annotate(Count("id")))
        jobs = dict(ProcrastinateJob.objects.order_by().values_list("status").annotate(Count("id")))
        told = {
            "statuses": [(status, counted.get(status, 0)) for status in Status],
            "newest": list(there.order_by("-created_at")[:NEWEST]),
            "waiting": jobs.get("todo", 0) + jobs.get("doing", 0),
            "failed": jobs.get("failed", 0),
        }
        return super().index(request, told | (extra_context or {}))


class PlacePattern(RoutePattern):
    """A path that is there only in an organization's scope, or only outside of any."""

    def __init__(self, route: str, *, of_organization: bool) -> None:
        super().__init__(route)
        self.of_organization = of_organization

    def match(self, path: str) -> Any:
        here = Current.find_organization() is not None
        return super().match(path) if here is self.of_organization else None


def address(site: Site, *, of_organization: bool) -> URLResolver:
    """Put a site under /admin/, for requests of its kind of place."""
    patterns, app, name = site.urls
    return URLResolver(PlacePattern("admin/", of_organization=of_organization), patterns, None, app, name)


dashboard = Dashboard("dashboard")
dashboard.register(User, PeopleDoor)
dashboard.register(Session, SessionsDoor)
dashboard.register(Quota, QuotasDoor)
dashboard.register(Entry, TrailDoor)

console = Console("console")
console.register(Organization, OrganizationsDoor)
console.register(Domain, DomainsDoor)
console.register(ProcrastinateJob, JobsDoor)
console.register(User, OperatorsDoor)
console.register(Entry, PlatformTrailDoor)
