"""The AppConfig of the agents app."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, ADMIN_AND_USER, Permission
from workix.core.privileges import INSERT, SELECT, UPDATE


class AgentsConfig(FoundationAppConfig):
    name = "agents"
    verbose_name = "Agents"
    permissions = {
        "agents:read": Permission("Read the own agents, and what they may do.", ADMIN_AND_USER),
        "agents:write": Permission("Create, change, stop and remove the own agents.", ADMIN_AND_USER),
        "agents:manage": Permission("Do so with anybody's agents.", ADMIN),
        "proposals:read": Permission("Read what the own agents ask approval for.", ADMIN_AND_USER, agent=True),
        "proposals:decide": Permission("Read, approve and refuse what anybody's agents ask approval for.", ADMIN),
    }
    privileges = {"approval_policies": (SELECT, INSERT, UPDATE)}

    def ready(self) -> None:
        from accounts.api_keys.leaks import agents_key_leaked  # noqa: PLC0415  # models come first
        from agents.leaks import stop_leaked  # noqa: PLC0415

        agents_key_leaked.connect(stop_leaked)
