"""The quota of pipelines: exact, whoever adds them and however many at once."""

from __future__ import annotations

from examples.pipelines.tests.factory import counted, make_pipeline, path_of
from tests.acts import at_once, set_limit
from tests.cast import Api, Cast


def test_more_than_the_plan_grants_are_refused(acme: Cast, bob: Api) -> None:
    set_limit(acme, "pipelines", 1)
    make_pipeline(acme)
    answer = bob.post("pipelines/", {"name": "Reports"})
    told = {name: answer.body[name] for name in ("status", "code", "resource", "limit", "used")}
    assert told == {"status": 403, "code": "quota_exceeded", "resource": "pipelines", "limit": 1, "used": 1}
    assert counted(acme) == (1, 1)


def test_removing_one_makes_room_for_another(acme: Cast, bob: Api) -> None:
    set_limit(acme, "pipelines", 1)
    pipeline = make_pipeline(acme)
    assert bob.delete(path_of(pipeline)).status == 204
    assert (bob.post("pipelines/", {"name": "Reports"}).status, counted(acme)) == (201, (1, 1))


def test_of_sixteen_who_add_at_once_exactly_as_many_succeed_as_there_is_room(acme: Cast, bob: Api) -> None:
    set_limit(acme, "pipelines", 3)
    answers = at_once(lambda number: bob.post("pipelines/", {"name": f"Number {number}"}), 16)
    assert sorted((each.status, each.body.get("code", "")) for each in answers) == [
        *[(201, "")] * 3,
        *[(403, "quota_exceeded")] * 13,
    ]
    assert counted(acme) == (3, 3)


def test_the_rows_are_the_only_way_to_the_counter(acme: Cast, alice: Api) -> None:
    """Nobody takes units of what is counted by its rows, or gives them back, beside the rows."""
    answer = alice.post("quotas/pipelines/consumptions/", {"amount": 1})
    assert (answer.status, answer.body["code"], counted(acme)) == (409, "conflict", (0, 0))
