"""Provisioning: opens an organization with row, role and schema, and all it starts with, in one transaction."""

# Raw SQL: replays the blueprint, as the owner; asks the catalogs what there is.

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from audit.recording import record
from tenants.isolation import roles
from tenants.isolation.database_roles import tenant_role
from tenants.isolation.owner import acting_as_owner, wait_for_locks
from tenants.models import Domain, Organization
from tenants.plans import LIMITS, Limits, Plan
from tenants.schema import template
from tenants.scope import use_platform
from tenants.signals import organization_opening
from tenants.slugs import check_slug, schema_of
from workix.core.current import Current
from workix.core.errors import Conflict, ProblemError
from workix.core.models import uuid7
from workix.observability import metrics

#: Seconds. Openings at the same time wait for each other where each makes its role a member of the one group.
OPENING_PATIENCE = 10

_IS_THERE = """
    SELECT EXISTS (SELECT FROM public.organizations WHERE id = %(id)s OR schema_name = %(name)s)
        OR EXISTS (SELECT FROM pg_namespace WHERE nspname = %(name)s)
        OR EXISTS (SELECT FROM pg_roles WHERE rolname = %(name)s)"""


class SlugTaken(Conflict):
    """Somebody was first. Raised to one of any number who ask at once."""

    code = "slug_taken"
    detail = "This slug is taken. Choose another one."


class OrganizationThere(Conflict):
    """One with this id is here, or something of it is."""

    detail = "This organization is here already, or is being removed: its id is taken."


@metrics.outcome_counted(metrics.OPENINGS)
def open_organization(
    *,
    name: str,
    slug: str,
    plan: Plan = Plan.FREE,
    limits: Limits | None = None,
    identity: UUID | None = None,
    populate: Callable[[Organization], None],
) -> Organization:
    """Open an organization. `populate` puts its first people in, as the owner, in the same transaction.

    `limits` are other ones than the plan grants; `identity` is the id it had elsewhere. A crash at any point leaves nothing
    behind, and the same call afterwards succeeds.

    :raises Invalid: when the slug is no legal one.
    :raises SlugTaken: when another organization has it.
    :raises OrganizationThere: when the one with this identity is here.
    """
    organization = draft(name=name, slug=check_slug(slug), plan=plan, limits=limits, identity=identity or uuid7())
    if identity is not None:
        require_new(identity)
    provision(organization, populate)
    return organization


def provision(organization: Organization, populate: Callable[[Organization], None]) -> None:
    """Make what a draft describes: row, host, role, schema and what it starts with, all of it or nothing.

    :raises SlugTaken: when another organization has its slug.
    """
    named = {"name": organization.name, "slug": organization.slug, "plan": organization.plan}
    with acting_as_owner(organization.schema_name), Current.scoped(organization=organization), transaction.atomic():
        wait_for_locks(OPENING_PATIENCE)
        _register(organization)
        _build(organization)
        organization_opening.send(sender=Organization, organization=organization)
        populate(organization)
        record(
            "organization.opened",
            resource_type="organization",
            resource_id=organization.id,
            changes={**named, "quotas": organization.limits()},
        )


def require_free(slug: str) -> None:
    """Refuse at once, before anything costly, what an opening would refuse. It decides nothing: two may be told it is free.

    :raises Invalid: when the slug is no legal one.
    :raises SlugTaken: when another organization has it.
    """
    try:
        with use_platform():
            taken = Organization.objects.filter(slug=check_slug(slug)).exists()
        if taken:
            raise SlugTaken
    except ProblemError as refusal:
        metrics.OPENINGS.labels(refusal.code).inc()
        raise


def require_new(identity: UUID) -> None:
    """Refuse an id that an organization has, or had and left something under: a schema, a role.

    :raises OrganizationThere: when there is any of that.
    """
    named: dict[str, Any] = {"id": identity, "name": schema_of(identity)}
    with acting_as_owner(), connection.cursor() as cursor:
        cursor.execute(_IS_THERE, named)
        (is_there,) = cursor.fetchone()
    if is_there:
        raise OrganizationThere


def draft(*, name: str, slug: str, plan: Plan, limits: Limits | None, identity: UUID) -> Organization:
    """Describe an organization that is to be provisioned. Nothing is written."""
    limits = limits or LIMITS[plan]
    return Organization(
        id=identity,
        name=name,
        slug=slug,
        plan=plan,
        schema_name=schema_of(identity),
        max_users=limits.users,
        max_pipelines=limits.pipelines,
        max_executions_per_month=limits.executions,
    )


def _register(organization: Organization) -> None:
    """Take the slug and the host. Two who want one slug meet at the unique constraint, and one gets through."""
    try:
        with transaction.atomic():
            organization.save(force_insert=True)
            host = f"{organization.slug}.{settings.WORKIX.base_domain}"
            Domain.objects.create(organization=organization, host=host)
    except IntegrityError as error:
        raise SlugTaken from error


def _build(organization: Organization) -> None:
    """Replay the schema template: one call to the server for role, schema, tables, checks and grants."""
    physical = connection.connection
    with connection.wrap_database_errors:  # a connection that ends here is as unavailable as anywhere else
        script = template.load(physical)
        role = tenant_role(organization)
        physical.execute(script.for_organization(organization.id, role))
        if role.share != template.NIL_ROLE.share:
            roles.share_out(physical, role)
