"""Admin pages: domains and jobs in the console; a scheduled removal in the dashboard."""

from tenants.admin import domains, jobs, panels, removal

__all__ = ["domains", "jobs", "panels", "removal"]
