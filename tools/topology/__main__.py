"""The production topology from the command line: python -m tools.topology up|down; deploy/local/up and deploy/local/down."""

from __future__ import annotations

import argparse
import os
import shlex
from pathlib import Path

from devserver.postgres.binaries import PostgresUnavailable
from tools.topology import programs, running
from tools.topology.processes import settings
from tools.topology.site import CannotListen, Ports, Site

_READY = """
Workix runs as in production:
  platform     {url} (organizations at https://SLUG.workix.localhost:{https})
  certificate  {folder}/secrets/tls/workix.crt, for `curl --cacert`
  mails        {folder}/mail
  Prometheus   http://127.0.0.1:{prometheus}
  logs         {folder}/log
  commands     deploy/local/manage create_operator you@example.com
Ctrl-C, or deploy/local/down, stops all of it.
"""


def main() -> None:
    """Bring the topology up and stay, or take it down."""
    parser = argparse.ArgumentParser(prog="deploy/local/up", description=__doc__)
    parser.add_argument("command", choices=("up", "down"))
    parser.add_argument("--folder", type=Path, default=Path("var/topology"), help="keeps everything; var/topology")
    parser.add_argument("--https", type=int, default=8443, metavar="PORT", help="of nginx, 0 for any; 8443")
    parser.add_argument("--http", type=int, default=8080, metavar="PORT", help="which leads to it; 8080")
    parser.add_argument("--prometheus", type=int, default=9090, metavar="PORT", help="9090")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    if asked.command == "down":
        print("Stopped: " + (", ".join(running.stop(folder)) or "nothing ran") + ".")  # what was asked for
        return
    if lacking := programs.missing():
        parser.exit(1, f"Missing: apt-get install {' '.join(lacking)}\n")
    if running.is_running(folder):
        parser.exit(1, f"It runs already: deploy/local/down --folder {asked.folder}\n")
    try:
        ports = Ports.choose(https=asked.https, http=asked.http, prometheus=asked.prometheus)
        site = Site(folder, ports)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        running.run(site, lambda: _say_ready(site))
    except (CannotListen, PostgresUnavailable, running.DoesNotStart) as refusal:
        parser.exit(1, f"{refusal}\n")


def _say_ready(site: Site) -> None:
    """Tell people where everything is, and deploy/local/manage what a command is told."""
    told = settings(site, "manage")
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in told.items() if name not in os.environ]
    (site.folder / "environment").write_text("".join(lines), encoding="utf-8")
    where = {"url": site.url, "folder": site.folder, "https": site.ports.https, "prometheus": site.ports.prometheus}
    print(_READY.format(**where), flush=True)  # for who sits at the terminal


if __name__ == "__main__":
    main()
