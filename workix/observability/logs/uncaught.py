"""Uncaught exceptions (excepthook), of a program or a thread, and Python's warnings, as lines of the log like all others."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from workix.observability.logs.redaction import without_secrets

logger = logging.getLogger("workix.uncaught")


def log_uncaught() -> None:
    """From now on, let what nobody caught be said in the log, in its shape and through its redaction."""
    sys.excepthook = _log_of_program
    threading.excepthook = _log_of_thread
    sys.unraisablehook = _log_unraisable
    logging.captureWarnings(True)


def _log_of_program(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if logging.getLogger().hasHandlers():
        logger.critical("program.failed", exc_info=(kind, error, trace))
    else:  # there is no log yet
        sys.stderr.write(without_secrets("".join(traceback.format_exception(kind, error, trace))))


def _log_of_thread(arguments: threading.ExceptHookArgs) -> None:
    error = arguments.exc_value
    if error is not None and not isinstance(error, SystemExit):
        name = arguments.thread.name if arguments.thread else ""
        logger.error("thread.failed", extra={"thread_name": name}, exc_info=error)


def _log_unraisable(arguments: sys.UnraisableHookArgs) -> None:
    logger.error("exception.unraisable", extra={"where": arguments.err_msg}, exc_info=arguments.exc_value)
