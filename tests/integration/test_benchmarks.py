"""What the benchmarks measure: requests as people make them, with query strings, for many people of many organizations."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from benchmarks.crowd.instructions import FEW, MANY, ME, crowds
from benchmarks.crowd.people import ORGANIZATIONS, PEOPLE_EACH, open_crowd
from benchmarks.requests import CALLS, Call
from tests.cast import Api
from tests.environment import PROJECT

pytestmark = pytest.mark.fault("G6")


def answer_of(api: Api, call: Call) -> Any:
    answer = api.call(call.method, call.path, json.loads(call.body) if call.body else None)
    assert answer.status == 200, answer
    return answer.body


def test_every_call_that_is_measured_is_answered_and_each_query_string_changes_the_answer(
    alice: Api, bob: Api, vera: Api
) -> None:
    answers = {call.name: answer_of(alice, call) for call in CALLS}
    asked = {call.name: dict(parse_qsl(urlsplit(call.path).query)) for call in CALLS}
    assert {name: query for name, query in asked.items() if query} == {
        "page": {"page_size": "20"},
        "filter": {"role": "viewer"},
    }
    assert {each["role"] for each in answers["list"]["results"]} == {"admin", "user", "viewer"}
    assert {each["role"] for each in answers["filter"]["results"]} == {"viewer"}
    smaller = answer_of(alice, Call("page", "GET", "/api/v1/users/?page_size=1"))
    assert (len(smaller["results"]), len(answers["page"]["results"])) == (1, len(answers["list"]["results"]))


def test_the_crowd_is_a_thousand_people_of_a_hundred_organizations_in_turns(database: None) -> None:
    tokens = open_crowd(3, 2)
    people = [Api(token) for token in tokens]
    assert len({answer_of(each, ME)["id"] for each in people}) == 6
    homes = [answer_of(each, Call("home", "GET", "/api/v1/organization/"))["slug"] for each in people]
    assert homes == ["crowd-0", "crowd-1", "crowd-2"] * 2
    assert (ORGANIZATIONS, ORGANIZATIONS * PEOPLE_EACH) == (100, 1_000)


def test_it_is_measured_hot_and_cold() -> None:
    """Between two calls of the same token, and of the same organization, the others have theirs."""
    everybody = [(number % ORGANIZATIONS, number) for number in range(ORGANIZATIONS * PEOPLE_EACH)]
    measured = {
        name: [asking[number % len(asking)] for number in range(MANY)] for name, asking in crowds(everybody).items()
    }
    seen_before = {
        name: [(home in {each[0] for each in asked[:FEW]}, person in [each[1] for each in asked[:FEW]])
               for home, person in asked[FEW:]]
        for name, asked in measured.items()
    }  # fmt: skip
    assert {name: set(each) for name, each in seen_before.items()} == {
        "hot": {(True, True)},
        "organizations cold": {(True, True)},
        "tokens cold, too": {(True, False)},
    }
    assert len({home for home, _ in measured["organizations cold"]}) == ORGANIZATIONS


def test_make_bench_runs_them() -> None:
    recipe = (PROJECT / "Makefile").read_text().partition("\nbench:")[2].partition("\n\n")[0]
    assert re.findall(r"-m benchmarks\.(\S+)", recipe) == [
        "opening", "requests", "instructions", "crowd.instructions", "crowd.hot_organizations",
    ]  # fmt: skip
