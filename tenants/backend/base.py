"""The database backend (django-tenants): every connection was opened by logging in as the role in scope."""

# Raw SQL: sets search_path and the context of a transaction.

# Note [Swapping connections]
# django-tenants keeps one connection and points its search_path elsewhere. We keep the wrapper and change the
# connection under it: entering an organization gives the old one back to the pool and takes, at the first
# statement, one that was opened as that organization's role. Whatever a statement does to its session (SET ROLE,
# search_path, prepared statements), it does to its own organization. Outside any scope there is no log-in, and a
# query is an error.

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import Any, NoReturn

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.utils import DatabaseError
from django_tenants.postgresql_backend.base import DatabaseWrapper as SchemaWrapper
from django_tenants.postgresql_backend.base import FakeTenant

from audit import context
from tenants.backend.adapters import adapters
from tenants.backend.connection_cap import connection_cap
from tenants.backend.cursors import OneStatementCursor
from tenants.backend.dry_run import DryRunning, ScopeChangeInTransaction
from tenants.backend.operations import DatabaseOperations
from tenants.backend.pool import Pool, shared_pool
from tenants.backend.session_reset import reset_session
from tenants.isolation import owner, roles
from tenants.isolation.database_roles import DatabaseRole, RoleKind, tenant_role
from tenants.isolation.sessions import logging_in, pooler
from tenants.scope import RoleScope, Scope, holders, is_own
from workix.core.current import Current
from workix.observability.database_metrics import connection_counted, time_statement

#: An owner's connection remembers every table it ever made, and each opening pays for all before it: after 200, twofold.
#: So it is renewed after so many.
OWNER_LENDINGS = 20


class NoScope(DatabaseError):
    """A query was made although nobody said whose data it may touch."""


class NotYourScope(DatabaseError):
    """The scope that is entered belongs to another block than the one that runs."""


class DatabaseWrapper(DryRunning, SchemaWrapper):
    """See Note [Swapping connections]."""

    ops_class = DatabaseOperations
    database_role: DatabaseRole | None = None
    entered_organization: Any = None
    scope: Scope | None = None
    left_elsewhere = False
    #: For how long this thread has waited for statements since it began, and for how many.
    database_seconds = 0.0
    database_statements = 0
    connection: Any
    run_on_commit: list[Any]
    savepoint_ids: list[Any]
    atomic_blocks: list[Any]
    _connected_as: DatabaseRole | None = None
    _lent = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._time_statement)

    @cached_property
    def _pool(self) -> Pool:
        return shared_pool(connection_cap())

    def acting_as(self, role: DatabaseRole | None) -> RoleScope:
        """Be `role` inside the block, and who one was before after it.

        :raises ScopeChangeInTransaction: inside a transaction that was begun as somebody else.
        """
        return RoleScope(role)

    def enter(self, role: DatabaseRole | None, organization: Any = None) -> None:
        """Become `role`, or nobody. The connection is opened at the first statement."""
        if not self.may_enter(role):
            raise ScopeChangeInTransaction("The scope can't change inside a transaction: enter it first, then begin.")
        self.entered_organization = organization
        if role != self.database_role:
            self._give_back()
            self.database_role = role
            self.schema_name = role.schema if role else "public"
        if self.dry_run is not None:
            self.dry_run.note(role)

    def may_enter(self, role: DatabaseRole | None) -> bool:
        return not self.in_atomic_block or role == self.database_role

    def leave_all(self) -> None:
        """Leave every scope at once, and end the connection. See Note [Whose block it is] in tenants/scope.py."""
        while self.scope is not None:
            self.scope.drop()
            self.scope = self.scope.outer
        if self.connection is not None:
            self._abandon(self.connection)
        self._forget_transaction()
        self.left_elsewhere = False
        self.database_role, self.entered_organization, self.schema_name = None, None, "public"
        Current.update(organization=None)

    @property
    def tenant(self) -> Any:
        """Say who is in scope as django-tenants does: the organization, or what only names the schema."""
        organization = Current.find_organization()
        if organization is not None and organization.schema_name == self.schema_name:
            return organization
        return FakeTenant(self.schema_name)

    @tenant.setter
    def tenant(self, tenant: None) -> None:
        """Take the None django-tenants begins with: there is nothing to remember."""

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Enter an organization until the surrounding scope ends. What only names a schema leaves every scope."""
        role = None if isinstance(tenant, FakeTenant) else tenant_role(tenant)
        if role is None and self.database_role is None:
            return  # a new connection begins so, in a thread that may have an organization in scope already
        organization = None if role is None else tenant
        self.enter(role, organization)
        Current.update(organization=organization)

    def set_schema(self, schema_name: str, include_public: bool = True, tenant_type: str | None = None) -> None:
        """Leave every scope. Who asks for another schema than `public` is in none, rather than in the one before.

        :raises ImproperlyConfigured: for any other schema: a name is no organization.
        """
        self.set_schema_to_public()
        if schema_name != "public":
            raise ImproperlyConfigured(
                "A schema can't be entered by name: use tenants.scope.use_tenant(), or schema_context() in code that is"
                " written for django-tenants."
            )

    def get_connection_params(self) -> dict[str, Any]:
        role = self._role_in_scope()
        params: dict[str, Any] = super().get_connection_params()
        if pooler.is_used_by(role):
            params |= pooler.address_of(role).connection_parameters()
        else:
            params |= role.address(owner.database()).connection_parameters()
            params["options"] = f"{params.get('options', '')} {role.startup_options()}".strip()
        params.setdefault("connect_timeout", 5)
        is_owner = role.kind is RoleKind.OWNER
        params["context"] = adapters()
        params["cursor_factory"] = ServerBindingCursor if is_owner else OneStatementCursor
        return params

    def connect(self) -> None:
        """Take an idle connection of the role in scope, else log in as it.

        :raises NoScope: when nobody said whose data may be touched.
        :raises NoConnectionFree: when this process holds as many connections as it may.
        """
        role = self._role_in_scope()
        held = self.dry_run.take_up(role) if self.dry_run is not None else None
        idle = held or self._pool.take(role.name)
        try:
            if idle is None:
                super().connect()
            else:
                self._attach(idle, role)
            if self.dry_run is not None and held is None:
                self.set_autocommit(False)
        except BaseException:
            self._abandon(idle or self.connection)
            raise
        self._connected_as = role

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        role = self._role_in_scope()
        with connection_counted(role.kind):
            try:
                opened: psycopg.Connection = super().get_new_connection(conn_params)
            except psycopg.OperationalError as error:
                under_another = self._open_under_another_secret(error, role, conn_params)
                if under_another is not None:
                    return under_another
                if role.kind is not RoleKind.TENANT or not roles.repair_after(error, role):
                    raise
                opened = super().get_new_connection(conn_params)
            return opened

    def _open_under_another_secret(
        self, error: psycopg.OperationalError, role: DatabaseRole, conn_params: dict[str, Any]
    ) -> psycopg.Connection | None:
        """Log in under another secret, where the newest was refused. See Note [Several role secrets]."""
        if not logging_in.is_password_refused(error):
            return None
        for password in logging_in.other_passwords(role):
            with suppress(psycopg.OperationalError):
                opened: psycopg.Connection = super().get_new_connection({**conn_params, "password": password.reveal()})
                return opened
        return None

    def _time_statement(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Count every statement by the kind of role that makes it: one of Django's `execute_wrappers`."""
        role = self._role_in_scope()
        if self.dry_run is None or self.in_atomic_block:
            return time_statement(role.kind, execute, sql, params, many, context)
        with transaction.atomic():
            return time_statement(role.kind, execute, sql, params, many, context)

    def _role_in_scope(self) -> DatabaseRole:
        if self.database_role is None:
            raise NoScope("No scope: enter one with use_tenant() or use_platform() before you query.")
        if self.left_elsewhere or (holders and self.scope is not None and not is_own(self.scope)):
            self._refuse("The scope belongs to a generator or coroutine that waits, or was left in another thread.")
        entered, current = self.entered_organization, Current.context.organization
        if (
            entered is not None
            and entered is not current
            and (current is None or entered.schema_name != current.schema_name)
        ):
            self._refuse("Another organization is current than the one this connection is logged in for.")
        return self.database_role

    def _refuse(self, reason: str) -> NoReturn:
        if self.left_elsewhere:
            self.leave_all()
        raise NotYourScope(f"{reason} Enter one in the block that queries, and leave it there.")

    def _attach(self, idle: psycopg.Connection, role: DatabaseRole) -> None:
        """Put an idle connection under this wrapper, in the state Django expects of a new one."""
        if role.kind is RoleKind.OWNER:
            with self.wrap_database_errors:
                idle.execute(f"SET search_path = {role.search_path()}")
        self.connection = idle
        self._forget_transaction()
        self.close_at = None
        self.autocommit = idle.autocommit

    def _forget_transaction(self) -> None:
        self.in_atomic_block = self.needs_rollback = self.closed_in_transaction = self.errors_occurred = False
        self.savepoint_ids, self.atomic_blocks, self.run_on_commit = [], [], []

    def create_cursor(self, name: str | None = None) -> Any:
        """Make a cursor as Django does, without its look at the time zone, which the log-in fixed (`adapters`)."""
        if name:
            return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)
        return self.connection.cursor()

    def _abandon(self, connection: psycopg.Connection | None) -> None:
        """Close what could not be switched: better no connection than one that may be somebody else's."""
        self.connection = None
        if connection is not None:
            connection.close()
        self._pool.release()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        if not autocommit and self.connection is not None:
            self._say_who_acts()

    def _say_who_acts(self) -> None:
        signed = context.sign(Current.context, role=self._role_in_scope().name)
        with self.wrap_database_errors:
            self.connection.execute(context.STATEMENT, signed)

    def _cursor(self, name: str | None = None) -> Any:
        """Skip django-tenants' SET search_path: the log-in already fixed it."""
        return super(SchemaWrapper, self)._cursor(*([name] if name else []))

    def _close(self) -> None:
        if self.connection is not None:
            super()._close()
            self._pool.release()

    def _give_back(self) -> None:
        if self.connection is None:
            return
        connection, role = self.connection, self._connected_as
        assert role is not None  # set with the connection
        self.connection = None
        self.run_on_commit = []
        if self.dry_run is not None:
            self.dry_run.hold(role, connection)
        else:
            self._return(role, connection)

    def _return(self, role: DatabaseRole, connection: psycopg.Connection) -> None:
        if role.kind is RoleKind.TENANT and not pooler.is_used_by(role):
            reset_session(connection)
        if role.kind is RoleKind.OWNER:
            self._lent = (self._lent + 1) % OWNER_LENDINGS
            if self._lent == 0:
                connection.close()
        self._pool.give_back(role.name, connection)
