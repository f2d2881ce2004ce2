"""Admin pages of agents."""

from agents.proposals import admin as proposals

__all__ = ["proposals"]
