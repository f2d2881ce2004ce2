"""Admin pages of proposals and of the approval policy."""

from agents.proposals.admin import policy, proposals

__all__ = ["policy", "proposals"]
