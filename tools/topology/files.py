"""Configuration of the topology: the files that ship (deploy/), and beside them what is different on loopback."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from devserver.postgres.files import write_file
from devserver.postgres.location import choose_location
from devserver.postgres.server import Cluster
from devserver.postgres.server_account import ServerAccount
from tools.packages import PROJECT
from tools.topology.site import HOST, NAME, WEB, Site
from workix.config.secrets import make_password

DEPLOY = PROJECT / "deploy"

Configuration = dict[str, Any]


def draw_secrets(site: Site, cluster: Cluster) -> None:
    """Have deploy/compose/draw-secrets draw what is missing. What depends on where servers are is written anew each time."""
    site.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = site.secrets / "redis_password"
    if not password.exists():
        write_file(password, make_password())
    known = {
        "database_url": cluster.owner.url().reveal(),
        "setup_database_url": replace(cluster.superuser, name=cluster.owner.name).url().reveal(),
        "superuser_password": cluster.superuser.password.reveal(),
        "owner_password": cluster.owner.password.reveal(),
        "email_url": f"smtp://{HOST}:{site.ports.smtp}",
        "redis_url": f"redis://:{password.read_text(encoding='utf-8')}@{HOST}:{site.ports.redis}/0",
        "alert_mail_password": make_password(),
    }
    for name, text in known.items():
        write_file(site.secrets / name, text)
    subprocess.run([DEPLOY / "compose" / "draw-secrets", NAME, site.secrets], check=True)


def write_nginx(site: Site) -> Path:
    """Copy deploy/nginx, with other ports and servers in site/; return the folder."""
    folder, ports = site.folder / "nginx", site.ports
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DEPLOY / "nginx", folder)
    (folder / "run").mkdir(mode=0o700)
    (folder / "tls").symlink_to(site.secrets / "tls")
    servers = "".join(f"    server {HOST}:{ports.of(name)} max_fails=0;\n" for name in WEB)
    redirect = f'map "" $https_port {{\n    default ":{ports.https}";\n}}\n'
    upstream = f"upstream workix {{\n    zone workix 64k;\n    least_conn;\n{servers}}}\n{redirect}"
    write_file(folder / "site" / "upstream.conf", upstream)
    write_file(folder / "site" / "http.conf", f"listen {HOST}:{ports.http} default_server;\n")
    write_file(folder / "site" / "https.conf", f"listen {HOST}:{ports.https} ssl http2 default_server;\n")
    return folder


def write_pgbouncer(site: Site, cluster: Cluster, account: ServerAccount) -> Path:
    """Put deploy/pgbouncer/pgbouncer.ini where PgBouncer's account may go, and beside it what differs; return that file."""
    folder = site.folder / "pgbouncer"
    account.make_folder(folder)
    folder = choose_location(folder, account)
    account.chown(folder)
    text, users = (DEPLOY / "pgbouncer" / "compose.ini").read_text(encoding="utf-8"), folder / "userlist.txt"
    changes = {
        "%include /etc/pgbouncer/pgbouncer.ini": f"%include {folder / 'pgbouncer.ini'}",
        "host=postgres port=5432": f"host={cluster.host} port={cluster.port}",
        "listen_addr = 0.0.0.0": f"listen_addr = {HOST}\nlisten_port = {site.ports.pgbouncer}\nauth_file = {users}",
    }
    for shipped, here in changes.items():
        assert text.count(shipped) == 1, shipped
        text = text.replace(shipped, here)
    write_file(folder / "pgbouncer.ini", (DEPLOY / "pgbouncer" / "pgbouncer.ini").read_text(encoding="utf-8"), account)
    write_file(users, (site.secrets / "pgbouncer_users").read_text(encoding="utf-8"), account)
    write_file(folder / "local.ini", text, account)
    return folder / "local.ini"


def write_redis(site: Site) -> Path:
    """Write deploy/redis/redis.conf with its password, address and port."""
    password = (site.secrets / "redis_password").read_text(encoding="utf-8")
    here = f"bind {HOST}\nport {site.ports.redis}\nrequirepass {password}\n"
    file = site.folder / "redis.conf"
    write_file(file, (DEPLOY / "redis" / "redis.conf").read_text(encoding="utf-8") + here)
    return file


def write_prometheus(site: Site) -> Path:
    """Copy deploy/prometheus, with addresses in the place of Docker's names; return the configuration."""
    folder, ports = site.folder / "prometheus", site.ports
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DEPLOY / "prometheus", folder)
    known = {
        "web": [f"{HOST}:{ports.of(name, '_metrics')}" for name in WEB],
        "worker": [f"{HOST}:{ports.worker_metrics}"],
    }
    configuration: Configuration = yaml.safe_load((folder / "prometheus.yml").read_text(encoding="utf-8"))
    # Nobody is called from here, and what this machine does not run is not looked for.
    del configuration["alerting"]
    configuration["global"] |= {"scrape_interval": "2s", "evaluation_interval": "2s"}
    found = [_without_names(job, known) for job in configuration["scrape_configs"]]
    configuration["scrape_configs"] = [job for job in found if job["static_configs"]]
    write_file(folder / "prometheus.yml", yaml.safe_dump(configuration))
    return folder / "prometheus.yml"


def _without_names(job: Configuration, known: dict[str, list[str]]) -> Configuration:
    """Name addresses where a job of Prometheus asks DNS; rules that read the name go on reading it."""
    names = [name for each in job.get("dns_sd_configs", []) for name in each["names"]]
    targets = [{"targets": known[name], "labels": {"__meta_dns_name": name}} for name in names if name in known]
    return {key: value for key, value in job.items() if key != "dns_sd_configs"} | {"static_configs": targets}
