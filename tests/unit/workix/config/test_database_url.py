"""DATABASE_URL: what libpq understands is read whole; anything else is a sentence that names the fault, not the password."""

from __future__ import annotations

import pytest
from psycopg.conninfo import conninfo_to_dict

from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

pytestmark = pytest.mark.fault("E11")

PLAIN = DatabaseAddress("db", 5432, "workix", "owner", Secret("pw"))
PASSWORD = "hunter2"
NO_URL = "is not a URL: percent-encode the special characters of its password"
NO_END = "must name a user, a host and a database: postgresql://user:password@host:5432/database"
BRACKETS = "must have its IPv6 address in brackets: [2001:db8::1]:5432"
HOSTS = "names several hosts: name one that always leads to the primary"
PORT = "must have a port from 1 to 65535, behind the last colon"
QUOTES = "has quotes around it: leave them out, since what reads the file keeps them"
CONTROL = "holds a control character, such as a line break"
SCHEME = "must begin with postgresql://"
UNKNOWN = "has a parameter that PostgreSQL's own library (libpq) does not know"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://owner:pw@db/workix",
        "postgres://owner:pw@db:5432/workix",
        "POSTGRESQL://owner:pw@db/workix",
        "postgresql://owner:pw@db/workix ",
        " \tpostgresql://owner:pw@db/workix\r\n",
        "postgresql://owner:%70w@%64b/work%69x?",
        "postgresql://owner:pw@/workix?host=db",
        "postgresql://owner:pw@elsewhere:1/workix?host=db&port=5432",
    ],
)
def test_spellings_of_one_address_are_one(url: str) -> None:
    assert DatabaseAddress.parse(url) == PLAIN


@pytest.mark.parametrize(
    ("url", "host", "password", "options"),
    [
        ("postgresql://owner:a%40%3A%2F%3F%23%5B%25%20%C3%A9@db/workix", "db", "a@:/?#[% é", {}),
        ("postgresql://owner:a:b+c&d=é@db/workix", "db", "a:b+c&d=é", {}),
        ("postgresql://owner@%2Fvar%2FRun%2Fpostgresql/workix", "/var/Run/postgresql", "", {}),
        ("postgresql://owner@/workix?host=/run/postgresql", "/run/postgresql", "", {}),
        ("postgresql://owner:pw@[2001:db8::1]:5432/workix", "2001:db8::1", "pw", {}),
        ("postgresql://owner:pw@[fe80::1%25eth0]/workix", "fe80::1%eth0", "pw", {}),
        (
            "postgresql://owner:pw@db/workix?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&application_name=a+b%26c",
            "db",
            "pw",
            {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem", "application_name": "a+b&c"},
        ),
    ],
)
def test_an_address_is_read_as_libpq_reads_it_and_written_again(
    url: str, host: str, password: str, options: dict[str, str]
) -> None:
    address = DatabaseAddress.parse(url)
    assert address == DatabaseAddress(host, 5432, "workix", "owner", Secret(password), options)
    assert DatabaseAddress.parse(address.url().reveal()) == address
    read = conninfo_to_dict(url)
    ours = {name: value for name, value in address.connection_parameters().items() if value}
    assert {"port": "5432", **read} == {**ours, "port": "5432"}


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("", SCHEME),
        ("db.example/workix", SCHEME),
        ("mysql://owner:hunter2@db/workix", SCHEME),
        ("postgresql+psycopg://owner:hunter2@db/workix", SCHEME),
        ("jdbc:postgresql://db/workix?user=owner", SCHEME),
        ("host=db dbname=workix password=hunter2", SCHEME),
        ('"postgresql://owner:hunter2@db/workix"', QUOTES),
        ("'postgresql://owner:hunter2@db/workix'\n", QUOTES),
        ("postgresql://owner:hunter2@db\n/workix", CONTROL),
        ("postgresql://owner:hunter2@db/workix\x00", CONTROL),
        ("postgresql://owner:hunter2@db/workix%00", "holds a zero byte"),
        ("postgresql://owner:hunter2%ff@db/workix", "is percent-encoded, but not as UTF-8"),
        ("postgresql://owner:hunter2@db /workix", NO_URL),
        ("postgresql://owner:hunter2%@db/workix", NO_URL),
        ("postgresql://owner:hunter2%zz@db/workix", NO_URL),
        ("postgresql://owner:hunter2#@db/workix", NO_URL),
        ("postgresql://owner:hunter2@@db/workix", NO_URL),
        ("postgresql://owner:hunter2/x@db/workix", NO_URL),
        ("postgresql://owner:hunter2?x=y@db/workix", NO_URL),
        ("postgresql://owner:hunter2@db/workix?sslmode=a@b", NO_URL),
        ("postgresql://owner:hunter2@db", NO_END),
        ("postgresql://owner:hunter2@db/", NO_END),
        ("postgresql://owner:hunter2@/workix", NO_END),
        ("postgresql://:hunter2@db/workix", NO_END),
        ("postgresql://db/workix", NO_END),
        ("postgresql://a:hunter2@db1,db2/workix", HOSTS),
        ("postgresql://a:hunter2@db1:5432,db2:5433/workix?target_session_attrs=read-write", HOSTS),
        ("postgresql://a:hunter2@/workix?host=db1,db2", HOSTS),
        ("postgresql://a:hunter2@db1%2Cdb2/workix", HOSTS),
        ("postgresql://owner:hunter2@2001:db8::1:5432/workix", BRACKETS),
        ("postgresql://owner:hunter2@[2001:db8::1/workix", BRACKETS),
        ("postgresql://owner:hunter2@db:0/workix", PORT),
        ("postgresql://owner:hunter2@db:65536/workix", PORT),
        ("postgresql://owner:hunter2@db:99999999999/workix", PORT),
        ("postgresql://owner:hunter2@db:port/workix", NO_URL),
        ("postgresql://owner:hunter2@db/workix?port=0", PORT),
        ("postgresql://owner:hunter2@db/workix?port=1,2", NO_URL),
        (
            "postgresql://owner:hunter2@db/workix?pgbouncer=true",
            "has the parameter pgbouncer, which PostgreSQL's own library does not know: see PgBouncer in docs/operations.md",
        ),
        (
            "postgresql://owner:hunter2@db/workix?schema=public",
            "has the parameter schema, which PostgreSQL's own library does not know: Workix names its schemas itself",
        ),
        (
            "postgresql://owner:hunter2@db/workix?connection_limit=5",
            "has the parameter connection_limit, which PostgreSQL's own library does not know: see WORKIX_CONNECTION_CAP",
        ),
        (
            "postgresql://owner:hunter2@db/workix?user=root",
            "has the parameter user, which an address of Workix can't have",
        ),
        (
            "postgresql://owner@db/workix?password=hunter2",
            "has the parameter password, which an address of Workix can't have",
        ),
        (
            "postgresql://owner:hunter2@db/workix?dbname=x",
            "has the parameter dbname, which an address of Workix can't have",
        ),
        ("postgresql://owner:hunter2@db/workix?hunter2=1", UNKNOWN),
        ("postgresql://owner:hunter2@db/workix?sslmode", UNKNOWN),
        ("postgresql://owner:hunter2@db/workix?SSLMODE=require", UNKNOWN),
        ("postgresql://owner:hunter2@db/workix?sslmode=verify-full&sslmode=disable", "has the parameter sslmode twice"),
    ],
)
def test_a_fault_is_named_in_a_sentence_without_the_password(url: str, fault: str) -> None:
    with pytest.raises(ValueError) as told:  # noqa: PT011  # the whole sentence is compared
        DatabaseAddress.parse(url)
    assert (str(told.value), PASSWORD in repr(told.value)) == (fault, False)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__ or told.value.__context__ is None
