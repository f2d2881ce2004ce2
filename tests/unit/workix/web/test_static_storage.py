"""Static files have the address they had, found out once."""

from __future__ import annotations

from django.contrib.staticfiles.storage import StaticFilesStorage

from tests.acts import calls_of
from workix.web.static_storage import HashedStorage, PlainStorage


def test_an_address_is_found_out_once() -> None:
    storage, plain = PlainStorage(), StaticFilesStorage()
    assert (
        storage.url("admin/img/icon-yes.svg") == plain.url("admin/img/icon-yes.svg") == "/static/admin/img/icon-yes.svg"
    )
    assert calls_of(lambda: storage.url("admin/img/icon-yes.svg")) == 2  # this function, and that one
    assert storage.url("other.svg") == "/static/other.svg"


def test_the_storage_of_a_running_platform_keeps_them_too() -> None:
    assert HashedStorage.url is PlainStorage.url
