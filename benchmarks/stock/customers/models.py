"""Tenant and Domain, as django-tenants asks for them, with the columns of our organizations."""

import uuid

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Tenant(TenantMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)
    plan = models.CharField(max_length=20, default="free")
    max_users = models.IntegerField(default=5)
    max_pipelines = models.IntegerField(default=10)
    max_executions_per_month = models.IntegerField(default=1000)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    auto_create_schema = True


class Domain(DomainMixin):
    pass
