"""Models of agents."""

from agents.models.agent import Agent, Mode
from agents.models.limits import AgentDeletions, AgentRow, AgentUsage

__all__ = ["Agent", "AgentDeletions", "AgentRow", "AgentUsage", "Mode"]
