#!/usr/bin/env python
"""Runs the platform's commands."""

import gc
import os
import sys
from importlib.util import find_spec


def main() -> None:
    gc.set_threshold(10_000, 50, 50)  # as in a web server: what is imported stays, and is not looked through
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workix.settings")
    if find_spec("devserver"):  # beside the product on a developer's machine, and in no image
        from devserver.environment import prepare

        prepare(os.environ, command=sys.argv[1] if len(sys.argv) > 1 else "")
    from tenants.isolation.startup import database_faults_as_sentences
    from workix.config.errors import ConfigurationError
    from workix.observability.logs.uncaught import log_uncaught

    log_uncaught()
    try:
        if sys.argv[1:2] in (["run_worker"], ["grpc"]):
            from workix.config import environment
            from workix.observability import multiprocess

            multiprocess.share(environment.read().var / "metrics")  # before anything that counts is imported
        from django.core.management import execute_from_command_line

        with database_faults_as_sentences():
            execute_from_command_line(sys.argv)
    except ConfigurationError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says of Ctrl-C; no traceback, since nothing is wrong


if __name__ == "__main__":
    main()
