"""Own roles in the dashboard (Django admin): composed, changed and deleted; given to people and taken from them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import CustomRole, RoleMember
from accounts.roles.composition import change as change_role
from accounts.roles.composition import create, delete, roles
from accounts.roles.forms import MemberForm, RoleForm
from accounts.roles.membership import give, memberships, take
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import dashboard


@admin.register(CustomRole, site=dashboard)
class RoleAdmin(ModelAdmin):
    """Roles that the organization composed. Nobody composes, changes or deletes one that grants more than they hold."""

    names = ("own role", "own roles")
    position = 12
    empty = "There is no own role, or none that fits. Compose one with the button above."
    required_permissions = {
        "view": "roles:read",
        "add": "roles:write",
        "change": "roles:write",
        "delete": "roles:write",
    }
    form = RoleForm
    delete_confirmation_template = "admin/dashboard/role_deletion.html"
    list_display = ("name", "description", "may", "people")
    search_fields = ("name", "description")
    search_help_text = "Name or description"
    ordering = ("name", "id")
    fields = ("name", "description", "permissions")
    readonly_fields = ("no_more", "people")

    @admin.display(description="May")
    def may(self, role: CustomRole) -> str:
        return ", ".join(sorted(role.granted))

    @admin.display(description="People who have it")
    def people(self, role: CustomRole) -> int:
        return role.members_count

    @admin.display(description="No longer there", empty_value="Nothing")
    def no_more(self, role: CustomRole) -> str | None:
        """Name what the role has and no app declares any more: it counts for nothing, and goes when the role is saved."""
        return ", ".join(role.undeclared) or None

    def get_queryset(self, request: HttpRequest) -> QuerySet[CustomRole]:
        return roles()

    def get_fieldsets(self, request: HttpRequest, obj: CustomRole | None = None) -> Any:
        written = (None, {"fields": self.fields})
        return [written] if obj is None else [written, ("Now", {"fields": self.readonly_fields})]

    def save_model(self, request: HttpRequest, obj: CustomRole, form: Any, change: bool) -> None:
        if not change:
            obj.id = create(**{name: form.cleaned_data[name] for name in self.fields}).id
        elif form.changed_data:
            change_role(obj.id, **{name: form.cleaned_data[name] for name in form.changed_data})

    def delete_model(self, request: HttpRequest, obj: CustomRole) -> None:
        delete(obj.id)


@admin.register(RoleMember, site=dashboard)
class RoleMemberAdmin(ModelAdmin):
    """Who has which own role, besides their fixed one."""

    names = ("person with an own role", "people with own roles")
    title = "Who has own roles"
    position = 13
    empty = "Nobody has an own role, or nobody who fits. Give somebody one with the button above."
    labels = {"created_at": "Given"}
    required_permissions = {"view": "roles:read", "add": "roles:write", "delete": "roles:write"}
    form = MemberForm
    list_display = ("user", "role", "created_at")
    search_fields = ("user__email", "role__name")
    search_help_text = "Person or role"
    ordering = ("-created_at", "-id")
    fields = ("role", "user")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleMember]:
        return memberships()

    def save_model(self, request: HttpRequest, obj: RoleMember, form: Any, change: bool) -> None:
        obj.id = give(form.cleaned_data["role"].id, user_id=form.cleaned_data["user"].id).id

    def delete_model(self, request: HttpRequest, obj: RoleMember) -> None:
        take(obj.role_id, user_id=obj.user_id)
