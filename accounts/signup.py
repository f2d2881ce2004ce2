"""Sign-up: a new organization with its first admin."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from accounts.email_confirmation import ask_for_confirmation
from accounts.models import User
from accounts.models.email_address import check_address, normalize_address
from accounts.passwords import check_new_password, hash_password
from quotas.rate_limits import Left, Limit, client, count_attempt
from tenants.models import Organization
from tenants.plans import Plan
from tenants.provisioning import open_organization, require_free
from workix.core.current import ANONYMOUS, Actor, Current
from workix.core.errors import Denied, ProblemError
from workix.core.permissions import Role

#: Forms of one visitor that may be refused before we stop looking at them.
MISTAKES = Limit("sign-up-mistakes", 100, timedelta(hours=1))


class SignUpClosed(Denied):
    code = "sign_up_closed"
    detail = "Organizations are opened by the operator of this platform."


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """Who will run the organization. `password_hash` was made before any transaction began: it takes its time."""

    email: str
    password_hash: str = field(repr=False)
    first_name: str = ""
    last_name: str = ""


@dataclass(frozen=True, slots=True)
class SignedUp:
    """A new organization, and how many more may come from the same address."""

    organization: Organization
    left: Left


def sign_up(
    *, name: str, slug: str, email: str, password: str, first_name: str = "", last_name: str = "", now: datetime
) -> SignedUp:
    """Open an organization for anybody, or for operators only where sign-up is closed. It waits for its admin's
    confirmation.

    :raises SignUpClosed: when only operators open organizations here.
    :raises TooMany: when too many came from the same address.
    :raises Invalid: when the slug or the password is not good enough.
    :raises SlugTaken: when another organization has the slug.
    """
    if settings.WORKIX.sign_up != "open" and Current.actor.type != "operator":
        raise SignUpClosed
    _check_form(slug, password, email, about=(name, slug, email, first_name, last_name), now=now)
    limit = Limit("sign-up", settings.WORKIX.sign_ups_per_hour, timedelta(hours=1))
    left = count_attempt(limit, client(), now=now)
    password_hash = hash_password(password)
    admin = FirstAdmin(email, password_hash, first_name, last_name)
    return SignedUp(open_with_admin(name=name, slug=slug, admin=admin), left)


# Note [Mistakes of a visitor]
# Many people may share one client address: an office. What opens an organization is counted by that address. A form that is
# refused opens nothing and costs little, since it is looked at before the password is hashed: so it takes nothing from the
# others, and is counted by what its visitor typed as their own address, too.


def _check_form(slug: str, password: str, email: str, *, about: tuple[str, ...], now: datetime) -> None:
    """Refuse what can be refused cheaply. See Note [Mistakes of a visitor]."""
    try:
        check_address(email, field="admin.email")
        check_new_password(password, about=about, field="admin.password")
        require_free(slug)
    except ProblemError:
        count_attempt(MISTAKES, f"{client()} {normalize_address(email)}", now=now)
        raise


def open_for_operator(
    *, name: str, slug: str, plan: str, email: str, password: str, first_name: str = "", last_name: str = ""
) -> Organization:
    """Open an organization, as the operator who acts now, on a plan of their choice.

    :raises Invalid: when the address, the slug or the password is not good enough.
    :raises SlugTaken: when another organization has the slug.
    """
    email = check_address(email)
    admin = FirstAdmin(
        email,
        hash_password(check_new_password(password, about=(name, slug, email, first_name, last_name))),
        first_name,
        last_name,
    )
    return open_with_admin(name=name, slug=slug, admin=admin, plan=Plan(plan))


def open_with_admin(*, name: str, slug: str, admin: FirstAdmin, plan: Plan = Plan.FREE) -> Organization:
    """Open an organization, add its first admin and queue the confirmation e-mail: all of it or nothing.

    Who opens it is whoever acts now; where nobody is known yet, the first admin themself.
    """
    user = User(email=admin.email, first_name=admin.first_name, last_name=admin.last_name, role=Role.ADMIN)
    user.password = admin.password_hash

    def populate(organization: Organization) -> None:
        user.organization_id = organization.id
        user.save(force_insert=True)
        ask_for_confirmation(user)

    themself = Actor("person", user.id, normalize_address(admin.email))
    with Current.scoped(actor=themself if Current.actor == ANONYMOUS else Current.actor):
        return open_organization(name=name, slug=slug, plan=plan, populate=populate)
