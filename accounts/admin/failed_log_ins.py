"""Failed log-ins of django-axes in the console (Django admin): which keyed hash, from which network, how often, when."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.contrib import admin

from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import console


@admin.register(AccessAttempt, site=console)
class FailedLogInAdmin(ModelAdmin):
    """Enough to see an attack, and nobody's name. `manage.py axes_reset_username` ends a lock."""

    names = ("failed log-in", "failed log-ins")
    position = 40
    empty = "Nobody has failed to log in."
    labels = {"username": "Address (keyed hash)", "ip_address": "Network", "attempt_time": "Last failed"}
    required_permissions = {"view": "console:enter"}
    list_display = ("attempt_time", "username", "ip_address", "failures_since_start", "path_info")
    list_filter = ("attempt_time",)
    search_fields = ("username",)
    search_help_text = "Keyed hash of an address"
    ordering = ("-attempt_time", "-id")
    fields = ("username", "ip_address", "failures_since_start", "attempt_time", "path_info")
