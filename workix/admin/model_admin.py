"""ModelAdmin: the admin base class of every page of the dashboard and the console."""

# Note [Admin pages call capabilities]
# Django's admin writes rows itself. Ours does not: it translates a form into one call of a capability, which is one
# transaction with its entry in the trail, counts against the quota and mails whom it should. A refusal of that call is
# shown where the person typed: the form comes again with the sentence in it.

# Note [Pages that are old]
# A form sends all of its fields, the untouched ones too, and saves those that differ from the row as it is by then. So whoever
# had a page open while somebody else took a right away, and changed a name on it, gave the right back. A page says which state it
# shows, and one that is old saves nothing. Who sends a form without saying so, as a script may, changes what they send.

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast
from unicodedata import normalize

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DataError
from django.forms.models import construct_instance
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from workix.admin.addresses import page_of_row
from workix.core.errors import ChangedMeanwhile, Invalid, ProblemError
from workix.core.permissions import holds, require_recent_authentication

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
    _ModelAdmin = admin.ModelAdmin[Any]
else:  # Django's classes take no parameters when they run
    _ModelForm, _ModelAdmin = forms.ModelForm, admin.ModelAdmin


class CapabilityForm(_ModelForm):
    """A form whose content a capability judges, not the model."""

    refusal: ProblemError | None = None

    @property
    def seen(self) -> str:
        """Say which state of the row the page shows. See Note [Pages that are old]."""
        return str(self.data.get("seen", "")) or self._state()

    def _state(self) -> str:
        shown = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        return sha256(repr(shown).encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        """Show the refusal of a first attempt, at the field it is about."""
        if not self.instance._state.adding and self.seen != self._state():
            self.add_error(None, ChangedMeanwhile.detail)
        if self.refusal is not None:
            field = self.refusal.field.rpartition(".")[2] if isinstance(self.refusal, Invalid) else ""
            self.add_error(field if field in self.fields else None, self.refusal.detail)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Fill the row for the page's own words, and check no more: what may be written, the capability says."""
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


class NamedList(ChangeList):
    """A list called by the name its page gave it."""

    def __init__(self, request: HttpRequest, model: Any, list_display: Any, *others: Any, **more: Any) -> None:
        super().__init__(request, model, list_display, *others, **more)
        self.opts = self.model_admin.opts
        self.title = cast(ModelAdmin, self.model_admin).title

    def url_for_result(self, result: Any) -> str:
        """Lead to the page of a row."""
        site = self.model_admin.admin_site.name
        return page_of_row(self.model._meta, getattr(result, self.pk_attname), site)

    def get_results(self, request: HttpRequest) -> None:
        """Take a filter by what a column can't hold, as an enum can't most words, for a filter that can't be read."""
        try:
            super().get_results(request)
        except DataError as error:
            raise IncorrectLookupParameters from error


class ModelAdmin(_ModelAdmin):
    """See Note [Admin pages call capabilities]. Closed by default: what `required_permissions` does not name, nobody may do."""

    #: What one row and many are called here, and the page.
    names = ("", "")
    title = ""
    #: Where the page comes in the list of pages: the lowest first.
    position = 100
    #: What an empty list says.
    empty = "There is nothing here, or nothing that fits."
    #: Column -> what it is called, where its own name would not do.
    labels: Mapping[str, str] = {}
    #: "view", "add", "change", "delete" -> the permission it takes.
    required_permissions: Mapping[str, str] = {}
    #: Columns an address may filter by, besides those of `list_filter`. Any other would be an oracle for secrets.
    lookups: tuple[str, ...] = ()
    #: Of "add", "change", "delete", what takes a recent log-in. See Note [Step-up].
    recent_authentication: tuple[str, ...] = ()
    form = CapabilityForm
    view_on_site = False
    show_full_result_count = False
    list_per_page = 50

    def __init__(self, model: type[Any], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        opts: Any = copy(self.opts)
        opts.verbose_name, opts.verbose_name_plural = self.names
        self.title = opts.page_title = self.title or self.names[1].capitalize()
        self.opts = opts

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Admit what the page itself offers. Django admits every column, a password's hash among them."""
        return lookup.partition("__")[0] in {*map(_column, self.list_filter), *self.lookups}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Bound a number by what its column holds. Django leaves that to the model's own validation, which we skip."""
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(made, forms.IntegerField):
            made.validators.extend(db_field.validators)
        return made

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Look for it in the form that text is kept in."""
        return super().get_search_results(request, queryset, normalize("NFC", search_term))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedList

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change, labels=self.labels, **kwargs)
        return type(made.__name__, (made,), {"refusal": getattr(request, "refusal", None)})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form, or act on it; no transaction is around it, since the capability is one."""

        def answer() -> HttpResponse:
            inner = cast(Callable[..., HttpResponse], self._changeform_view)  # type: ignore[attr-defined]  # not in stubs
            return inner(request, object_id, form_url, extra_context)

        if object_id is None or request.method == "POST":
            self._require_recent(request, "add" if object_id is None else "change")
        try:
            return answer()
        except ProblemError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]  # for get_form()
            return answer()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer one way to save, and the way to what the trail says of the row."""
        site: Any = self.admin_site  # one of ours
        history = site.history_of(request, self.model, context["original"])
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False, "history": history}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        obj._meta = self.opts  # the row is called here what the page calls it
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        obj._meta = self.opts
        return super().response_change(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask once more, or remove; a refusal leads back to the row."""
        self._require_recent(request, "delete")
        try:
            inner = cast(Callable[..., HttpResponse], self._delete_view)  # type: ignore[attr-defined]  # not in stubs
            return inner(request, object_id, extra_context)
        except ProblemError as refusal:
            messages.error(request, refusal.detail)
            return HttpResponseRedirect("../change/")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, dict[str, int], set[str], list[str]]:
        """Name what goes. What hangs on it is the capability's business."""
        return [str(each) for each in objs], {}, set(), []

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Have no page of Django's own log; the trail has one."""
        raise Http404

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write no second log: the trail has it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write no second log."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Write no second log."""

    def _require_recent(self, request: HttpRequest, what: str) -> None:
        if what in self.recent_authentication and self._may(request, what):
            require_recent_authentication(request.user, now=timezone.now())

    def _may(self, request: HttpRequest, what: str) -> bool:
        needed = self.required_permissions.get(what)
        return needed is not None and may(request, needed)


def may(request: HttpRequest, permission: str) -> bool:
    """Say whether who asks holds a permission. One they lack is named in the audit trail, should this end in a refusal."""
    if holds(request.user, permission):
        return True
    request.lacked = permission  # type: ignore[attr-defined]  # read by Site.admin_view
    return False


def _column(offered: Any) -> str:
    """Name what a filter filters by: it is the column, the column with its kind of filter, or a filter of its own."""
    if isinstance(offered, str):
        return offered
    return str(offered[0] if isinstance(offered, tuple) else offered.parameter_name)


def titled(kind: type[admin.FieldListFilter], title: str) -> type[admin.FieldListFilter]:
    """Call a filter something else than its column."""

    class Titled(kind):  # type: ignore[valid-type,misc]  # any kind of filter
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do something that has no form; say what was done, or why not."""
    try:
        act()
    except ProblemError as refusal:
        messages.error(request, refusal.detail)
        return False
    messages.success(request, done)
    return True
