"""What tests of own roles do again and again: compose a role, give it, let somebody hold just this."""

from __future__ import annotations

from typing import Any

from tests.acts import rows
from tests.cast import Answer, Api, Cast, api_of

NOT_YOURS = (403, "permission_denied")


def compose(alice: Api, *permissions: str, name: str = "Auditors", **more: Any) -> str:
    """Compose a role; return its id."""
    answer = alice.post("roles/", {"name": name, "permissions": permissions, **more})
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def give(api: Api, role: str, person: Any) -> Answer:
    return api.post(f"roles/{role}/members/", {"user": str(person)})


def with_role(cast: Cast, alice: Api, who: str, *permissions: str, name: str = "Deputies") -> tuple[Api, str]:
    """Let somebody of the cast have a new role; return who speaks as them, and the role's id."""
    role = compose(alice, *permissions, name=name)
    answer = give(alice, role, cast.people[who].id)
    assert answer.status == 201, answer.body
    return api_of(cast, who), role


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "") if answer.body else ""


def acts(cast: Cast) -> list[tuple[str, str, str]]:
    """List what the trail says of own roles: action, actor, and what the role is called."""
    query = (
        "SELECT action, actor_label, resource_label FROM audit_logs"
        " WHERE resource_type IN ('role', 'role_member') ORDER BY created_at, id"
    )
    return rows(query, cast)  # type: ignore[return-value]  # three columns


def roles_of(cast: Cast) -> list[tuple[str, str, str]]:
    """List the roles there are: name, description, permissions."""
    return rows("SELECT name, description, permissions FROM roles ORDER BY name", cast)  # type: ignore[return-value]  # three columns
