"""gunicorn's configuration: gunicorn -c workix/gunicorn.py workix.wsgi."""

import gc
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
# Whom X-Forwarded-Proto is believed is decided in one module: workix.web.client_address.
forwarded_allow_ips = ""
control_socket_disable = True
# A worker's heartbeat is a file's time: in memory where there is such a folder, since a disk may stall it.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # the kernel's own, not a name of ours
# The access log is ours (workix.web.request): one JSON line a request.
accesslog = None
errorlog = "-"
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Check the database roles once, before any worker serves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workix.settings")
    django.setup()
    from django.conf import settings

    from tenants.isolation.startup import refuse_unsafe_roles
    from workix.foundation import metric_files

    refuse_unsafe_roles()
    metric_files.clean(settings.METRICS["folder"])  # what an earlier start counted


def child_exit(server: Any, worker: Any) -> None:
    """Forget what held only while this worker lived; what it counted stays."""
    from django.conf import settings

    from workix.foundation import metric_files

    metric_files.forget_gauges_of(settings.METRICS["folder"], worker.pid)


def post_worker_init(worker: Any) -> None:
    """Be ready to answer Prometheus. Leave what was loaded at start out of garbage collection; collect less often."""
    from django.conf import settings

    from workix.foundation.exposition import Exposition

    Exposition("web", **settings.METRICS).start()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)
