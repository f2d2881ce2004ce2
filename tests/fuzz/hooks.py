"""Who asks while schemathesis runs: loaded by it; the environment says where the platform is and who may log in."""

# Note [Who asks]
# Alice asks for everything, but for what would shut her out: what ends sessions or changes the own password is asked
# for by Leo, an admin too, who logs in anew for every such call. Neither of the two may be removed or demoted by what
# is tried; everybody else, the people who were added meanwhile among them, may.

from __future__ import annotations

import json
import os
import urllib.request
import uuid
from typing import Any
from urllib.parse import urlencode

import schemathesis
from schemathesis.generation.meta import TestPhase

ADMIN, LEAVER, PASSWORD = (os.environ[name] for name in ("FUZZ_ADMIN", "FUZZ_LEAVER", "FUZZ_PASSWORD"))
ADMINS = os.environ["FUZZ_ADMIN_IDS"].split()
CHANGES_PASSWORD = "POST /api/v1/me/password/"
DECIDES, OWN_NETWORK = "PATCH /api/v1/organization/policies/", "127.0.0.0/8"
#: What a policy may ask for without a second factor, which the document does not know; and new passwords are long enough for it.
SHORTEST = 15
ISSUES, CHANGES_KEY = "POST /api/v1/api-keys/", "PATCH /api/v1/api-keys/{id}/"
#: What gunicorn takes of a request line is 4,094 bytes.
LONGEST_QUERY = 3_500
ADDS_PERSON, OPENS = "POST /api/v1/users/", "POST /api/v1/organizations/"
LEAVING = [
    CHANGES_PASSWORD,
    "POST /api/v1/auth/logout/",
    "POST /api/v1/auth/logout-everywhere/",
    "GET /api/v1/me/sessions/",
    "DELETE /api/v1/me/sessions/{id}/",
]
LOSING = (
    "PATCH /api/v1/users/{id}/",
    "DELETE /api/v1/users/{id}/",
    "DELETE /api/v1/users/{id}/second-factors/",
)

passwords = {ADMIN: PASSWORD, LEAVER: PASSWORD}


@schemathesis.auth().skip_for(name=LEAVING)
class Alice:
    """Logs in once."""

    address = ADMIN

    def get(self, case: Any, context: Any) -> str:
        body = {"email": self.address, "password": passwords[self.address], "organization": "acme"}
        request = urllib.request.Request(f"{os.environ['FUZZ_URL']}/api/v1/auth/login/", json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as response:
            return str(json.load(response)["access"])

    def set(self, case: Any, access: str, context: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {access}"}


@schemathesis.auth(refresh_interval=None).apply_to(name=LEAVING)
class Leo(Alice):
    """Logs in for every call. See Note [Who asks]."""

    address = LEAVER


@schemathesis.hook
def filter_query(context: Any, query: Any) -> bool:
    """Leave out what makes an address too long: the server refuses it (414) before any operation is known."""
    return len(urlencode(query or {}, doseq=True)) < LONGEST_QUERY


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Keep the two admins; let a body that could be right be right: what only we know, what is not taken, an end to come."""
    _be_in_earnest(case)
    _say_why(case)
    if case.operation.label in LOSING and case.path_parameters.get("id") in ADMINS:
        case.path_parameters["id"] = str(uuid.uuid4())
    if not _is_valid(case):
        return
    if case.operation.label == CHANGES_PASSWORD:
        case.body["current_password"] = passwords[LEAVER]
    elif case.operation.label == DECIDES:
        allowed = {"allowed_networks": [OWN_NETWORK], "password_length": SHORTEST, "second_factor_required_from": None}
        case.body |= {name: value for name, value in allowed.items() if name in case.body}
    elif case.operation.label in (ISSUES, CHANGES_KEY):
        right = {"networks": [OWN_NETWORK], "expires_at": "2100-01-01T00:00:00Z"}
        case.body |= {name: value for name, value in right.items() if case.body.get(name)}
    elif case.operation.label == ADDS_PERSON and case.body["email"] == ADMIN:
        case.body["email"] = f"{uuid.uuid4().hex}@acme.example"
    elif case.operation.label == OPENS and case.body["slug"] == "acme":
        case.body["slug"] = f"acme-{uuid.uuid4().hex}"


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Remember the password Leo has from now on."""
    if case.operation.label == CHANGES_PASSWORD and response.status_code == 204:
        passwords[LEAVER] = case.body["password"]


def _be_in_earnest(case: Any) -> None:
    """Make no dry run of what others follow links from: what it made is not there afterwards."""
    if case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL:
        (case.headers or {}).pop("Workix-Dry-Run", None)
        (case.query or {}).pop("dry_run", None)


def _say_why(case: Any) -> None:
    """Give a reason that is one, where one is given: that it says something is more than a pattern can ask for."""
    is_positive = case.meta is None or case.meta.generation.mode.is_positive
    if is_positive and "Workix-Reason" in (case.headers or {}):
        case.headers["Workix-Reason"] = "Because it was tried."


def _is_valid(case: Any) -> bool:
    is_positive = case.meta is None or case.meta.generation.mode.is_positive
    return bool(is_positive and isinstance(case.body, dict))
