"""What an agent does next when the API refuses: a sentence for each problem code, ours alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

#: By the code of a problem.
_BY_CODE: Mapping[str, str] = MappingProxyType(
    {
        "agent_budget_spent": "Your budget is spent. Stop, and tell your owner.",
        "agent_sandboxed": "You may only try: call again with dry_run: true, and show what would change to your owner.",
        "agent_share_exceeded": "Your share of this quota is used up. Stop, and tell your owner.",
        "agent_stopped": "You were stopped by a person. Stop at once, and call nothing more.",
        "conflict": "What is there does not allow it: read the thing again before you decide.",
        "dry_run_refused": "This can't be tried. Call it without dry_run only if you are sure.",
        "idempotency_key_reused": "This key was used for another call: take a new one for a new call.",
        "invalid_choice": "Take one of the values in the tool's schema.",
        "not_for_agents": "Only a person can do this. Tell your owner.",
        "not_found": "There is no such thing, or it is not yours to see. List first, and take the id from there.",
        "organization_suspended": "The organization is suspended: nothing can be done until an operator lifts it. Stop.",
        "permission_denied": "You may not do this, and trying again does not help. Ask your owner or an admin to do it.",
        "proposal_stale": "What it was about has changed since. Read it anew, and propose again if it is still right.",
        "quota_exceeded": "The quota is spent, and repeating does not help. Free what is not needed, or tell an admin.",
        "reason_required": "Call again with `reason`: 10 to 500 characters that say why.",
        "reauthentication_required": "Only a person who has just logged in can do this. Tell your owner.",
        "too_many_proposals": "Too much of yours waits for approval already. Wait until a person decided.",
        "validation_error": "Correct the arguments that `errors` names, and call again.",
        "wrong_organization": "This key is another organization's.",
    }
)
_BY_STATUS: Mapping[int, str] = MappingProxyType(
    {
        400: "Correct the arguments, and call again.",
        401: "The key is not, or no longer, accepted: revoked, expired or stopped. Stop, and tell your owner.",
        403: "It is not allowed, and trying again does not help. Tell your owner.",
        404: _BY_CODE["not_found"],
        409: _BY_CODE["conflict"],
        412: "It has changed since you read it: read it again before you decide.",
        413: "It is too much at once: send less.",
    }
)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_AGAIN = "It may succeed later: wait {seconds} seconds, then try once more."
FAULT = "The fault is the platform's. Try once more in a minute; then stop, and tell your owner."


def code_in(problem: object) -> str:
    """Return the code of a problem, "" where it has none that is one: it stands outside of what is marked as data."""
    code = problem.get("code") if isinstance(problem, Mapping) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def next_step(status: int, code: str, retry_after: str) -> str:
    """Say what to do about a refusal. `retry_after` is that header, in seconds."""
    if status == 429:  # Too Many Requests
        return _AGAIN.format(seconds=retry_after if retry_after.isdecimal() and len(retry_after) < 7 else 60)  # 11 days
    return _BY_CODE.get(code) or _BY_STATUS.get(status) or (FAULT if status >= 500 else _BY_STATUS[400])
