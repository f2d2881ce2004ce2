"""How the web server is run: gunicorn -c workix/gunicorn.py workix.wsgi."""

import os
from typing import Any

import django

from workix import env

_environment = env.read()

bind = _environment.bind
workers = _environment.web_workers
threads = _environment.web_threads
worker_class = "gthread"
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8_190
control_socket_disable = True
# The access log is ours (workix.foundation.middleware): one JSON line a request.
accesslog = None
errorlog = "-"
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Look at the walls once, before any worker serves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workix.settings")
    django.setup()
    from tenants.walls.startup import refuse_unsafe_roles

    refuse_unsafe_roles()
