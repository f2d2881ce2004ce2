"""Who is heavy: the page in the console, manage.py heavy, and the series; never more than twenty and the rest."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quotas.heavy_use.counter import UseCounter
from quotas.heavy_use.heaviest import MOST, heaviest, read_requests
from quotas.heavy_use.writing import write
from tests.acts import rows, statements_of
from tests.browsers import Browser, browser_of
from tests.cast import Cast
from workix.observability.readings import ORGANIZATION_REQUESTS

HEAVY = "/admin/quotas/heavyuse/"
_WRITE = """
    INSERT INTO heavy_use (id, organization_id, hour, {columns})
    SELECT gen_random_uuid(), %(id)s, date_trunc('hour', now(), 'UTC') - %(ago)s * interval '1 hour', {values}"""


def used(whose: UUID, ago: int = 0, **amounts: Any) -> None:
    """Let an organization have used so much in the hour that began so many hours before this one."""
    values = ", ".join(f"%({name})s" for name in amounts)
    rows(_WRITE.format(columns=", ".join(amounts), values=values), id=whose, ago=ago, **amounts)


def told(*arguments: str) -> list[dict[str, Any]]:
    said = io.StringIO()
    call_command("heavy", "--json", *arguments, stdout=said)
    found: list[dict[str, Any]] = json.loads(said.getvalue())
    return found


@pytest.fixture
def both(acme: Cast, globex: Cast) -> None:
    """Acme asks more, and Globex costs more."""
    used(acme.organization.id, requests=90, refused=2, jobs=1, database_microseconds=5_000, storage_bytes=2_048)
    used(globex.organization.id, requests=10, throttled=7, failed=3, jobs=4, database_microseconds=95_000)
    used(globex.organization.id, 20, storage_bytes=6_144)


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("requests", [("acme", 90, 100), ("globex", 10, 100)]),
        ("database", [("globex", 95, 100), ("acme", 5, 100)]),
        ("jobs", [("globex", 4, 5), ("acme", 1, 5)]),
        ("storage", [("globex", 6_144, 8_192), ("acme", 2_048, 8_192)]),
        ("refusals", [("globex", 10, 12), ("acme", 2, 12)]),
    ],
)
def test_who_uses_most_comes_first(both: None, by: str, found: list[tuple[str, int, int]]) -> None:
    assert [(each["slug"], each["measured"], each["total"]) for each in told("--by", by)] == found


def test_of_an_hour_that_is_half_over_half_counts(acme: Cast) -> None:
    for ago, requests in ((0, 1), (1, 100), (2, 10_000), (23, 1_000_000), (25, 10**8)):
        used(acme.organization.id, ago, requests=requests)
    half_past = timezone.now().replace(minute=30, second=0, microsecond=0)
    found = [heaviest("requests", period, now=half_past)[0].requests for period in ("hour", "day")]
    assert found == [51, 1_010_101]


def test_jobs_that_wait_are_told_of_their_organization(acme: Cast) -> None:
    used(acme.organization.id, requests=1)
    queued = {"organization_id": str(acme.organization.id)}
    for whose in (queued, queued, {}):
        rows(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'x', %(args)s::jsonb)",
            args=json.dumps(whose),
        )
    assert [(each["slug"], each["waiting"]) for each in told()] == [("acme", 2)]


def test_the_command_speaks_to_people_and_knows_what_can_be_sorted_by(both: None) -> None:
    said = io.StringIO()
    call_command("heavy", "--by", "storage", "--period", "day", stdout=said)
    assert said.getvalue().splitlines() == [
        "  75 %  globex: 10 requests, 95 ms in the database, 4 jobs (0 wait), 6.0 KB, 10 refusals (free)",
        "  25 %  acme: 90 requests, 5 ms in the database, 1 jobs (0 wait), 2.0 KB, 2 refusals (free)",
        "2 organizations, by storage, in the last day.",
    ]
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("heavy", "--by", "name")


def test_ten_thousand_organizations_are_never_more_than_twenty_series_and_the_rest(database: None) -> None:
    """Those that fall into the counter are nobody's, so of them only what was counted together is written."""
    counter = UseCounter()
    for number in range(1, 10_001):
        counter.count_request(UUID(int=number), 200, 0)
    rows(
        "INSERT INTO heavy_use (id, organization_id, hour, requests) SELECT gen_random_uuid(), gen_random_uuid(),"
        " date_trunc('hour', now(), 'UTC'), nth FROM generate_series(1, 1000) AS nth"
    )
    write(counter)
    samples = read_requests(None)
    assert (len(samples), {each.reading for each in samples}) == (MOST + 1, {ORGANIZATION_REQUESTS})
    assert [each.value for each in samples[:-1]] == list(range(1_000, 980, -1))
    assert (samples[-1].labels, sum(each.value for each in samples)) == (("other",), 500_500 + 9_000)


def test_the_series_are_there_before_anybody_asked_and_without_a_database_none(acme: Cast) -> None:
    assert read_requests(None) == [ORGANIZATION_REQUESTS.at(0, "other")]
    rows("ALTER TABLE heavy_use RENAME TO gone")
    try:
        assert read_requests(None) == []
    finally:
        rows("ALTER TABLE gone RENAME TO heavy_use")


def test_operators_sort_a_page_and_others_do_not_see_it(both: None, acme: Cast, otto: Browser) -> None:
    page = otto.get(f"{HEAVY}?by=refusals&period=day")
    assert "Globex 10 (7 × 429, 3 × 5xx) 83 % 10 95 ms 4 6.0 KB Free" in page.words
    assert page.words.index("Globex 10") < page.words.index("Acme 2 (0 × 429, 0 × 5xx) 16 %")
    assert len(statements_of(lambda: otto.get(HEAVY))) <= 6
    assert browser_of(acme, "alice").get(HEAVY).status == 404
    assert Browser().get(HEAVY).status == 302
    assert (
        otto.post(f"{HEAVY}add/", requests=1).status,
        otto.get(f"{HEAVY}{acme.organization.id}/change/").status,
    ) == (403, 404)


@pytest.mark.parametrize("wrong", ["by=name", "period=year", "by=a%00b", "by=requests%27"])
def test_what_can_not_be_sorted_by_is_refused(otto: Browser, wrong: str) -> None:
    assert otto.get(f"{HEAVY}?{wrong}").status == 400


def test_with_nobody_there_the_page_says_so(otto: Browser) -> None:
    assert "Nobody asked for anything in the last hour." in otto.get(HEAVY).words
    assert "There was nothing of it in the last hour." in otto.get(f"{HEAVY}?by=jobs").words
    assert "Nothing was measured yet" in otto.get(f"{HEAVY}?by=storage").words


def test_storage_that_no_night_has_measured_is_no_number(acme: Cast, otto: Browser) -> None:
    used(acme.organization.id, requests=1)
    assert "not yet" in otto.get(HEAVY).words
    said = io.StringIO()
    call_command("heavy", stdout=said)
    assert "storage not measured yet" in said.getvalue()
