"""The two AdminSites: the organization's dashboard and the operators' console. Each app's admin.py registers on them."""

# Note [Panels]
# A home page shows something of every app, and this file may know none of them. So an app registers a panel beside its
# pages: a function from the request to what the template of the home page needs of it. A feature app is not known to that
# template either: it registers a section, a panel that brings a template of its own. A notice is a section that stands at
# the top of every page, and a view is whatever else an app answers under /admin/.

# Note [One's own pages]
# Not everybody may come into the dashboard, but everybody has an account: a profile, a password, second factors, sessions. Such
# pages are for whoever is logged in here. They show no sidebar and no notice to whom the site itself is closed.

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, cast

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import RoutePattern
from django.utils.http import urlencode
from django.utils.module_loading import autodiscover_modules
from django.views.decorators.cache import never_cache

from workix.admin.addresses import page_of_list
from workix.admin.model_admin import ModelAdmin
from workix.admin.navigation import navigation, page_links
from workix.core.current import Current
from workix.core.permissions import ReauthenticationRequired, holds
from workix.core.signals import access_refused

#: How many of the newest rows a home page shows.
NEWEST = 8

Panel = Callable[[HttpRequest], dict[str, Any]]
Section = Callable[[HttpRequest], dict[str, Any] | None]
View = Callable[[HttpRequest], HttpResponseBase]


class Site(AdminSite):
    """What both have in common."""

    site_url = "/"
    enable_nav_sidebar = True
    #: The permission to come in.
    entered_by: ClassVar[str]
    #: The view that changes one's own password.
    password_change_view: ClassVar[Any]
    #: Sees the response to a log-in form, right or wrong, and says which response it is.
    after_login: ClassVar[Any]
    #: Leads from a row to its entries in the trail of this site: "" where nobody asks, or may read them.
    history_of: Any

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._panels: list[Panel] = []
        self._sections: list[tuple[str, Section]] = []
        self._notices: list[tuple[str, Section]] = []
        self._views: list[URLPattern] = []
        self._own = {"/admin/logout/", "/admin/password_change/", "/admin/password_change/done/"}
        self.disable_action("delete_selected")
        self.index_template = f"admin/{name}/index.html"

    def panel(self, panel: Panel) -> Panel:
        """Show something on the home page. See Note [Panels]."""
        self._panels.append(panel)
        return panel

    def pages(self) -> list[tuple[type[Model], ModelAdmin]]:
        """List the pages there are, with the model of each."""
        return list(cast(dict[type[Model], ModelAdmin], self._registry).items())

    def section(self, template: str) -> Callable[[Section], Section]:
        """Show `template` below the panels, with what the function returns; None shows nothing. See Note [Panels]."""

        def register(section: Section) -> Section:
            self._sections.append((template, section))
            return section

        return register

    def notice(self, template: str) -> Callable[[Section], Section]:
        """Show `template` on top of every page, as `section` does on the home page."""

        def register(notice: Section) -> Section:
            self._notices.append((template, notice))
            return notice

        return register

    def view(self, route: str, name: str) -> Callable[[View], View]:
        """Answer at a path of its own, to whoever may come in."""

        def register(view: View) -> View:
            self._views.append(path(route, self.admin_view(view), name=name))
            return view

        return register

    def own_view(self, route: str, name: str) -> Callable[[View], View]:
        """Answer at a path of its own to whoever is logged in. See Note [One's own pages]."""
        self._own.add(f"/admin/{route}")
        return self.view(route, name)

    def open_view(self, route: str, name: str) -> Callable[[View], View]:
        """Answer at a path of its own to anybody, as the log-in form does."""

        def register(view: View) -> View:
            self._views.append(path(route, never_cache(view), name=name))
            return view

        return register

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        if not holds(request.user, self.entered_by):
            return super().each_context(request) | {
                "available_apps": [],
                "is_nav_sidebar_enabled": False,
                "notices": [],
            }
        context = super().each_context(request)
        sidebar = navigation(context["available_apps"], request.path)
        return context | {"navigation": sidebar, "notices": _shown(self._notices, request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the home page: as Django's, which lists the pages twice."""
        context = self.each_context(request) | {"title": self.index_title}
        for panel in self._panels:
            context |= panel(request)
        context |= {"sections": _shown(self._sections, request), "page_links": page_links(context["available_apps"])}
        request.current_app = self.name
        return TemplateResponse(request, self.index_template or "admin/index.html", context | (extra_context or {}))

    def has_permission(self, request: HttpRequest) -> bool:
        is_own = request.path in self._own and request.user.is_authenticated
        return is_own or holds(request.user, self.entered_by)

    def get_urls(self) -> list[Any]:
        """Leave out the address that leads from any row of any table to its page: ours have none. The home page is first."""
        home, *others = (each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site")
        return [home, *self._views, *others]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Send access_refused when somebody known was refused, as the API does."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                answer: HttpResponseBase = view(request, *args, **kwargs)
            except ReauthenticationRequired:
                return HttpResponseRedirect(f"/admin/reauthentication/?{urlencode({'next': request.get_full_path()})}")
            except PermissionDenied:
                lacked = getattr(request, "lacked", None)
                access_refused.send(type(self), permission=lacked or "", method=request.method, path=request.path)
                raise
            return answer

        return super().admin_view(guarded, cacheable)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List the pages by their own `position`: there are few, so they are not sorted into apps."""
        admins = sorted(self.pages(), key=lambda each: each[1].position)
        pages = [
            _listed(model, admin, request)
            for model, admin in admins
            if app_label in (None, model._meta.app_label) and admin.has_view_permission(request)
        ]
        here = {"name": "Pages", "app_label": "pages", "app_url": "/admin/", "has_module_perms": True}
        return [here | {"models": pages}] if pages else []

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Have no log of Django's own to show; the trail has one."""
        return ()

    def login(  # type: ignore[override]  # any response, whatever Django's stubs say
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        response: HttpResponseBase = self.after_login(request, super().login(request, extra_context))
        return response

    def password_change(  # type: ignore[override]  # Django redirects here too, whatever its stubs say
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        request.current_app = self.name
        context = self.each_context(request) | (extra_context or {})
        page = self.password_change_view.as_view(
            template_name="registration/password_change_form.html",
            extra_context=context,
            success_url="done/",
        )
        changed: HttpResponseBase = page(request)
        return changed


def _listed(model: type[Model], admin: ModelAdmin, request: HttpRequest) -> dict[str, Any]:
    """Describe a page as Django's own list of pages does, to somebody who may see it."""
    site, options = admin.admin_site.name, model._meta
    may_add = admin.has_add_permission(request)
    address = page_of_list(options, site)
    return {
        "model": model,
        "name": admin.title,
        "object_name": options.object_name,
        "perms": {"view": True, "add": may_add},
        "admin_url": address,
        "add_url": f"{address}add/" if may_add else None,
    }


def _shown(sections: list[tuple[str, Section]], request: HttpRequest) -> list[str]:
    found = ((template, section(request)) for template, section in sections)
    return [render_to_string(template, context, request) for template, context in found if context is not None]


class Dashboard(Site):
    """Where the people of an organization manage it. Nothing that is shared shows here."""

    entered_by = "dashboard:enter"
    site_title = "Workix"
    index_title = "Overview"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"site_header": Current.organization.name}


class Console(Site):
    """Where operators run the platform. No organization's own data shows here."""

    entered_by = "console:enter"
    site_title = "Workix console"
    site_header = "Workix console"
    index_title = "Overview"


def site_here() -> Site:
    """Return the site of the realm that is entered: an organization's dashboard, or the operators' console."""
    return dashboard if Current.find_organization() else console


class RealmPattern(RoutePattern):
    """A path that is there only in an organization's scope, or only outside of any."""

    def __init__(self, route: str, *, of_organization: bool) -> None:
        super().__init__(route)
        self.of_organization = of_organization

    def match(self, path: str) -> Any:
        here = Current.find_organization() is not None
        return super().match(path) if here is self.of_organization else None


def admin_urls(site: Site, *, of_organization: bool) -> URLResolver:
    """Put a site under /admin/, for requests to an organization's host or to the platform's.

    The admin.py of each app is imported here, and no earlier: what serves no page needs none of them.
    """
    autodiscover_modules("admin")
    patterns, app, name = site.urls
    return URLResolver(RealmPattern("admin/", of_organization=of_organization), patterns, None, app, name)


dashboard = Dashboard("dashboard")
console = Console("console")
