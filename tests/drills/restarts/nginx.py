"""nginx as it is deployed (deploy/nginx/workix.conf), in front of web servers of the tests."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS, wait_for
from tools.topology.programs import find

PROGRAM = find("nginx")
DEPLOYED = PROJECT / "deploy" / "nginx" / "workix.conf"
_AROUND = """
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};
    fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
    include {folder}/workix.conf;
}}
"""


@contextmanager
def nginx(folder: Path, port: int, behind: Sequence[int]) -> Iterator[None]:
    """Run it at `port` of this machine, with so many web servers behind it as are deployed."""
    assert PROGRAM is not None
    shutil.copy(DEPLOYED.with_name("proxy.conf"), folder)
    (folder / "workix.conf").write_text(_configuration(port, behind))
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder))
    process = subprocess.Popen([PROGRAM, "-c", folder / "nginx.conf", "-e", folder / "nginx.log"])
    try:
        wait_for(lambda: socket.create_connection(("127.0.0.1", port))).close()
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _configuration(port: int, behind: Sequence[int]) -> str:
    """Fill in where everybody is. The rest is as it is deployed."""
    deployed = DEPLOYED.read_text()
    values = {
        "server 127.0.0.1:8000": f"server 127.0.0.1:{behind[0]}",
        "server 127.0.0.1:8001": f"server 127.0.0.1:{behind[1]}",
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server_name .workix.example;": "server_name localhost .localhost;",
    }
    for written, value in values.items():
        deployed, found = re.subn(re.escape(written), value, deployed)
        assert found == 1, written
    return deployed
