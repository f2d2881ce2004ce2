"""The database backend: every connection was opened by logging in as the role in scope."""

# Note [Swapping connections]
# django-tenants keeps one connection and points its search_path elsewhere. We keep the wrapper and change the
# connection under it: entering an organization gives the old one back to the pool and takes, at the first
# statement, one that was opened as that organization's role. Whatever a statement does to its session (SET ROLE,
# search_path, prepared statements), it does to its own organization. Outside any scope there is no log-in, and a
# query is an error.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.utils import DatabaseError
from django_tenants.postgresql_backend.base import DatabaseWrapper as SchemaWrapper
from django_tenants.postgresql_backend.base import FakeTenant

from audit import stamp
from tenants.backend.cursors import OneStatementCursor
from tenants.backend.pool import Pool, shared_pool
from tenants.walls import owner, roles
from tenants.walls.logins import Kind, Login, tenant_login
from workix.foundation.current import Current


class NoScope(DatabaseError):
    """A query was made although nobody said whose data it may touch."""


class ScopeChangeInTransaction(DatabaseError):
    """The organization can't change in the middle of a transaction."""


class DatabaseWrapper(SchemaWrapper):
    """See Note [Swapping connections]."""

    login: Login | None = None
    _connected_as: Login | None = None

    @property
    def _pool(self) -> Pool:
        return shared_pool(settings.WORKIX.connection_cap)

    @contextmanager
    def entered(self, login: Login | None) -> Iterator[None]:
        """Be `login` inside the block, and who one was before after it.

        :raises ScopeChangeInTransaction: inside a transaction that was begun as somebody else.
        """
        before = self.login
        self.enter(login)
        try:
            yield
        finally:
            self.enter(before)

    def enter(self, login: Login | None) -> None:
        """Become `login`, or nobody. The connection is opened at the first statement."""
        if login == self.login:
            return
        if self.in_atomic_block:
            raise ScopeChangeInTransaction("The scope can't change inside a transaction: enter it first, then begin.")
        self._give_back()
        self.login = login
        self.schema_name = login.schema if login else "public"

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Enter an organization. What only names a schema (django-tenants' FakeTenant) leaves every scope."""
        self.tenant = tenant
        self.enter(None if isinstance(tenant, FakeTenant) else tenant_login(tenant))

    def set_schema(self, schema_name: str, include_public: bool = True, tenant_type: str | None = None) -> None:
        if schema_name != "public":
            raise ImproperlyConfigured("A schema can't be entered by name: use tenants.scope.use_tenant().")
        self.set_schema_to_public()

    def get_connection_params(self) -> dict[str, Any]:
        if self.login is None:
            raise NoScope("No scope: enter one with use_tenant() or use_platform() before you query.")
        params: dict[str, Any] = super().get_connection_params()
        address = self.login.address(owner.database())
        params |= address.connection_parameters()
        params["options"] = f"{address.options.get('options', '')} {self.login.startup_options()}".strip()
        params["connect_timeout"] = params.get("connect_timeout", 5)
        is_owner = self.login.kind is Kind.OWNER
        params["cursor_factory"] = ServerBindingCursor if is_owner else OneStatementCursor
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        login = self.login
        assert login is not None  # get_connection_params() came first
        connection = self._pool.take(login.role)
        if connection is None:
            try:
                connection = self._log_in(login, conn_params)
            except BaseException:
                self._pool.release()
                raise
        elif login.kind is Kind.OWNER:
            connection.execute(f"SET search_path = {login.search_path()}")
        self._connected_as = login
        return connection

    def _log_in(self, login: Login, conn_params: dict[str, Any]) -> psycopg.Connection:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            if login.kind is not Kind.TENANT or not roles.heal_after(error, login):
                raise
            return super().get_new_connection(conn_params)

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        if not autocommit and self.connection is not None:
            with self.wrap_database_errors:
                self.connection.execute(stamp.statement(Current.context))

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
        connection, login = self.connection, self._connected_as
        assert login is not None  # set with the connection
        self.connection = None
        self.run_on_commit = []
        try:
            self._pool.give_back(login.role, connection)
        except psycopg.Error:
            connection.close()
