"""The panel of pipelines on the dashboard's home page."""

from __future__ import annotations

from examples.pipelines.tests.factory import make_pipeline
from tests.browsers import browser_of
from tests.cast import Cast


def test_where_there_is_none_it_says_what_a_pipeline_is_and_offers_to_add_one(acme: Cast) -> None:
    alice, vera = (browser_of(acme, name).get("/admin/") for name in ("alice", "vera"))
    for page in (alice, vera):
        assert "There are no pipelines yet. A pipeline carries work from one system to another" in page.words
    assert ["/admin/pipelines/pipeline/add/" in page.text for page in (alice, vera)] == [True, False]


def test_it_shows_the_newest_and_whether_they_run(acme: Cast) -> None:
    make_pipeline(acme, "Invoices")
    make_pipeline(acme, "Reports <b>", is_enabled=False)
    page = browser_of(acme, "vera").get("/admin/")
    assert (
        "Newest pipelines Name Runs Added Reports <b> Paused now Invoices By hand now View all pipelines" in page.words
    )
    assert "<b>" not in page.text.partition("Newest pipelines")[2]


def test_nothing_of_another_organization_is_in_it(acme: Cast, globex: Cast) -> None:
    make_pipeline(acme, "Invoices")
    assert "Invoices" in browser_of(acme, "alice").get("/admin/").words
    assert "Invoices" not in browser_of(globex, "gina").get("/admin/").words
