"""Admin pages: domains and jobs in the console; policies and a scheduled removal in the dashboard."""

from tenants.admin import domains, jobs, panels, policies, removal

__all__ = ["domains", "jobs", "panels", "policies", "removal"]
