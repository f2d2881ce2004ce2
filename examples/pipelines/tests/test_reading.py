"""Reading pipelines over the API: one and many, filters, ordering, and the indexes that serve them."""

from __future__ import annotations

import pytest

from examples.pipelines.models import Pipeline
from examples.pipelines.tests.factory import make_pipeline, path_of
from tenants.scope import use_tenant
from tests.acts import follow, indexes_of, rows, set_limit, statements_of
from tests.cast import Api, Cast


def names_in(api: Api, query: str = "") -> list[str]:
    return [each["name"] for each in api.get(f"pipelines/{query}").body["results"]]


@pytest.fixture
def three(acme: Cast) -> None:
    for name, is_enabled in (("Invoices", True), ("Reports", False), ("Backups", True)):
        make_pipeline(acme, name, is_enabled=is_enabled)


def test_the_newest_comes_first(three: None, vera: Api) -> None:
    assert names_in(vera) == ["Backups", "Reports", "Invoices"]


def test_a_list_can_be_read_page_by_page(three: None, vera: Api) -> None:
    first = vera.get("pipelines/?page_size=2").body
    second = follow(vera, first["next"]).body
    assert [len(first["results"]), len(second["results"]), second["next"]] == [2, 1, None]


def test_a_list_can_be_filtered_and_ordered(three: None, vera: Api) -> None:
    assert names_in(vera, "?is_enabled=true") == ["Backups", "Invoices"]
    assert names_in(vera, "?ordering=name") == ["Backups", "Invoices", "Reports"]
    assert names_in(vera, "?is_enabled=true&ordering=-name") == ["Invoices", "Backups"]


@pytest.mark.parametrize("query", ["is_enabled=perhaps", "ordering=id", "page_size=0"])
def test_what_cannot_be_read_is_refused(vera: Api, query: str) -> None:
    answer = vera.get(f"pipelines/?{query}")
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, query.partition("=")[0])


def test_each_list_is_served_by_an_index(acme: Cast) -> None:
    """However many rows there are, a page is read from where it begins."""
    set_limit(acme, "pipelines", 1_000)
    with use_tenant(acme.organization):
        Pipeline.objects.bulk_create(Pipeline(name=f"Number {n}", is_enabled=n % 50 == 0) for n in range(500))
        rows("ANALYZE pipelines", acme)
        every = Pipeline.objects.all()
        asked = (every, every.filter(is_enabled=True), every.filter(schedule="daily"), every.order_by("name"))
        found = [indexes_of(each[:50]) for each in asked]
    names = ("newest", "enabled", "by_schedule", "by_name")
    assert found == [[f"pipelines_{name}"] for name in names]


def test_one_and_three_take_the_same_number_of_queries(three: None, acme: Cast, vera: Api) -> None:
    assert len(names_in(vera)) == 3
    listed = statements_of(lambda: vera.get("pipelines/"))
    rows("DELETE FROM pipelines WHERE name <> 'Invoices'", acme)
    assert names_in(vera) == ["Invoices"]
    assert (len(statements_of(lambda: vera.get("pipelines/"))), len(listed)) == (2, 2)


def test_one_is_read_by_its_id(acme: Cast, vera: Api) -> None:
    pipeline = make_pipeline(acme)
    answer = vera.get(path_of(pipeline))
    assert (answer.status, answer.body) == (200, vera.get("pipelines/").body["results"][0])
