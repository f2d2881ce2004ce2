"""Session reset (RESET ALL): what one SELECT of a tenant role may have changed of its session does not outlive its scope."""

# Raw SQL: resets a session by the simple protocol, three statements in one message.

# Note [Sessions that are given back]
# Where pg_catalog is closed, a SELECT changes nothing of its session, and a connection is given back as it is. Elsewhere an
# injected one may set anything (set_config), its role on PostgreSQL 15 too, and take locks that last as long as the
# session. All of that goes in one message when a scope ends; where it fails, the connection does. RESET leads back to
# what our start-up packet said.

from __future__ import annotations

import logging

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.pq import ExecStatus, TransactionStatus

from tenants.isolation.server_capabilities import server_capabilities

logger = logging.getLogger("workix.isolation")

_RESET = b"SET SESSION AUTHORIZATION DEFAULT; RESET ALL; SELECT pg_catalog.pg_advisory_unlock_all()"


def reset_session(connection: psycopg.Connection) -> None:
    """Bring the session of a tenant role back to how it began, or close it. See Note [Sessions that are given back]."""
    if connection.pgconn.transaction_status != TransactionStatus.IDLE or not _settable():
        return  # the pool closes what is not idle
    if connection.pgconn.exec_(_RESET).status != ExecStatus.TUPLES_OK:
        logger.warning("isolation.session_not_reset")
        connection.close()


def _settable() -> bool:
    """Say whether a tenant role may set its session. Nobody knows? Then it may."""
    try:
        return server_capabilities().sessions_are_settable
    except (psycopg.Error, ImproperlyConfigured):
        return True
