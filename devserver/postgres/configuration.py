"""What the bundled PostgreSQL is configured with: postgresql.conf and pg_hba.conf."""

from __future__ import annotations

HOST = "127.0.0.1"
PG_HBA_CONF = f"# Nobody is trusted: loopback only, and a password always.\nhost all all {HOST}/32 scram-sha-256\n"

_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    # Three processes that keep a connection to each of 200 organizations, and what commands need.
    "max_connections": "640",
    "max_locks_per_transaction": "128",
    "max_prepared_transactions": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_SETTINGS_SINCE_16 = {"scram_iterations": "64"}  # Enough for passwords of 256 random bits, and log-ins stay quick.
_SETTINGS_FOR_THROW_AWAY_DATA = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def postgresql_conf(*, port: int, major: int, durable: bool) -> str:
    """Write postgresql.conf for a server of this major version; without `durable`, power loss may lose data."""
    settings = {**_SETTINGS, "port": str(port)}
    if major >= 16:
        settings |= _SETTINGS_SINCE_16
    if not durable:
        settings |= _SETTINGS_FOR_THROW_AWAY_DATA
    return "".join(f"{name} = '{value}'\n" for name, value in settings.items())
