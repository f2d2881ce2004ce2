"""What a call costs: a list, an add and a change of pipelines take no more statements than those of people."""

from __future__ import annotations

from tests.acts import statements_of
from tests.cast import PASSWORD, Api, Cast

PERSON = {"email": "carol@acme.example", "password": PASSWORD}


def test_no_call_takes_more_statements_than_the_same_one_of_people(acme: Cast, alice: Api) -> None:
    for path in ("users/", "pipelines/"):
        alice.get(path)  # what is read once a process is read now
    listed = [statements_of(lambda: alice.get("users/")), statements_of(lambda: alice.get("pipelines/"))]
    person, pipeline = PERSON, {"name": "Invoices"}
    added = [
        statements_of(lambda: alice.post("users/", person)),
        statements_of(lambda: alice.post("pipelines/", pipeline)),
    ]
    bob, first = acme.people["bob"].id, alice.get("pipelines/").body["results"][0]["id"]
    changed = [
        statements_of(lambda: alice.patch(f"users/{bob}/", {"last_name": "Builder"})),
        statements_of(lambda: alice.patch(f"pipelines/{first}/", {"name": "Bills"})),
    ]
    counts = [tuple(map(len, each)) for each in (listed, added, changed)]
    assert [ours <= theirs for theirs, ours in counts] == [True] * 3, counts
