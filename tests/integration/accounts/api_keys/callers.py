"""Who calls the API with a key: what tests of API keys share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.api_keys.keys import issue
from accounts.authentication.api_key import LAST_USE_COARSE
from accounts.scim.middleware import MEDIA_TYPE
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import PLATFORM, Answer, Api, Cast
from workix.core.errors import Denied

NOT_VALID = (401, "token_not_valid")
SCOPES = (
    *("organization:read", "users:read", "quotas:read", "quotas:consume", "audit:read", "scim:provision"),
    "credentials:introspect",
)


def key_of(cast: Cast, *scopes: str, by: str = "", **more: Any) -> str:
    """Issue a key, as the first admin of an organization would."""
    admin = cast.people[by or next(iter(cast.people))]
    with use_tenant(cast.organization):
        return issue(by=admin, now=timezone.now(), name="Runner", scopes=scopes or SCOPES, **more).key


def service(cast: Cast, *scopes: str, host: str = PLATFORM, **more: Any) -> Api:
    """Speak to the API with a new key."""
    return Api(key_of(cast, *scopes, **more), host)


def outcome(answer: Answer) -> tuple[int, str]:
    """Return status and code; SCIM has errors without one, and says the sentence of it."""
    body = answer.body if isinstance(answer.body, dict) else {}
    is_denied = answer.headers.get("Content-Type") == MEDIA_TYPE and body.get("detail") == Denied.detail
    return answer.status, Denied.code if is_denied else body.get("code", "")


def id_of(cast: Cast, name: str = "Runner") -> str:
    ((found,),) = rows("SELECT id FROM api_keys WHERE name = %(name)s AND deleted_at IS NULL", cast, name=name)
    return str(found)


def let_pass(cast: Cast) -> None:
    """Move what was noted of the last use back, so that it is to be noted again."""
    rows("UPDATE api_keys SET last_used_at = last_used_at - %(time)s::interval", cast, time=LAST_USE_COARSE)
