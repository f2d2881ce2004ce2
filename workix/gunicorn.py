"""gunicorn's configuration: gunicorn -c workix/gunicorn.py workix.wsgi."""

import gc
import os
from typing import Any

import django

from workix.config import environment
from workix.config.errors import ConfigurationError
from workix.observability import multiprocess
from workix.web.server.ending import tell_workers
from workix.web.server.targets import check_target

try:
    _environment = environment.read()
except ConfigurationError as error:
    raise SystemExit(str(error)) from None  # gunicorn writes a traceback of any other exception
_metrics = _environment.var / "metrics"
multiprocess.share(_metrics)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workix.settings")
django.setup()  # the worker class answers what never reaches Django, in Django's words

# What comes in at the second address is answered with metrics: workix.observability.exporter.
bind = [_environment.bind, _environment.metrics_bind]
workers = _environment.web_workers
threads = _environment.web_threads
worker_class = "workix.web.server.worker.BufferedWorker"
timeout = 30
# A request has 20 seconds to come to its end, after what is before it: workix.web.server.ending.
graceful_timeout = _environment.drain_seconds + 21
keepalive = 5
# A file is written in pieces: sendfile() would keep a thread for as long as the client reads.
sendfile = False
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
# gunicorn adds no handler of its own: its lines go where all do (workix.observability.logging).
errorlog = None
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Check the apps and the database roles once, before any worker serves."""
    from tenants.backend.connection_cap import warn_of_too_few_connections
    from tenants.isolation.startup import database_faults_as_sentences, refuse_unsafe_roles
    from workix.core.checks import refuse_incomplete_apps
    from workix.observability.logs.uncaught import log_uncaught

    log_uncaught()
    refuse_incomplete_apps()
    with database_faults_as_sentences():
        refuse_unsafe_roles()
        warn_of_too_few_connections()


def when_ready(server: Any) -> None:
    """Have workers know when all of them are told to end. There is none yet."""
    tell_workers()


def pre_request(worker: Any, request: Any) -> None:
    """Look at Host and request-target once more: gunicorn asks for neither to agree with the other."""
    check_target(request)


def child_exit(server: Any, worker: Any) -> None:
    """Forget what held only while this worker lived; what it counted stays."""
    multiprocess.forget_the_dead(_metrics)


def worker_exit(server: Any, worker: Any) -> None:
    """Send the spans that are left, once the last request is served."""
    from workix.observability import tracing

    tracing.stop()


def post_worker_init(worker: Any) -> None:
    """Leave what was loaded at start out of garbage collection; collect less often. Show what this process takes."""
    from workix.observability import tracing
    from workix.observability.process_metrics import keep_sampling

    tracing.start("web")
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)
    keep_sampling("web")
