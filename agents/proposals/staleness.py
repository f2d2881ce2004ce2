"""ProposalStale: the refusal of an approval whose act would not do any more what was predicted, with what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from workix.core.errors import Conflict


class ProposalStale(Conflict):
    """`changed` says what is otherwise: what an act would change, with what was predicted, or what was done since to a thing."""

    code = "proposal_stale"
    detail = "It would not do any more what was predicted. The agent can propose it anew."
    extensions: ClassVar[dict[str, dict[str, object]]] = {
        "changed": {"type": "array", "items": {"type": "object", "additionalProperties": True}}
    }

    def __init__(self, detail: str = "", *, changed: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(detail, changed=list(changed))
