"""Models of agents."""

from agents.models.agent import Agent, Mode
from agents.models.limits import AgentDeletions, AgentUsage

__all__ = ["Agent", "AgentDeletions", "AgentUsage", "Mode"]
