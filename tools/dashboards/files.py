"""Which file each of Grafana's dashboards is written to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tools.dashboards import database, jobs, organizations, overview, security
from tools.dashboards.grafana import Dashboard
from tools.packages import PROJECT

FOLDER = PROJECT / "deploy" / "grafana" / "dashboards"
DASHBOARDS: Mapping[Path, Dashboard] = MappingProxyType(
    {
        FOLDER / f"{module.__name__.rpartition('.')[2]}.json": module.DASHBOARD
        for module in (overview, organizations, database, jobs, security)
    }
)
