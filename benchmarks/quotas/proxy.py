"""An nginx in front of a server under measurement, with deploy/nginx/fair-shares.conf."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import BenchmarkError, free_port, start, stop
from benchmarks.servers import Launch
from tools.topology.programs import find

NGINX = find("nginx")
FAIR_SHARES = Path(__file__).parents[2] / "deploy" / "nginx" / "fair-shares.conf"
_CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};
    fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
    include {shares};
    upstream workix {{ server 127.0.0.1:{behind}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://workix; proxy_http_version 1.1;
            proxy_set_header Connection ""; proxy_set_header Host $http_host;
        }}
    }}
}}
"""


_PATIENCE_SECONDS = 10


@contextmanager
def proxy_before(launch: Launch, folder: Path) -> Iterator[int]:
    """Yield the port of a proxy for as long as the block lasts.

    :raises BenchmarkError: where there is no nginx.
    """
    if NGINX is None:
        raise BenchmarkError("nginx is not installed: leave out `--shares proxy`.")
    port, written = free_port(), folder / "nginx.conf"
    written.write_text(_CONFIGURATION.format(folder=folder, shares=FAIR_SHARES, behind=launch.port, port=port))
    process = start([NGINX, "-c", str(written), "-e", str(folder / "nginx.log")], {}, folder / "nginx.out")
    try:
        _wait_for(process, port, folder / "nginx.log")
        yield port
    finally:
        stop(process)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise BenchmarkError(f"nginx does not answer:\n{log.read_text() if log.exists() else ''}")
