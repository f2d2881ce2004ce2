"""accounts.login.devices: whom a device token is good for, and how long; that every way in reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.login import devices, lockout
from tests.acts import join
from tests.cast import PASSWORD, Api, Cast

ALICE = "alice@acme.example"
WRONG = "a wrong password, but long enough"


def test_a_token_is_good_for_its_address_in_its_realm_for_half_a_year(acme: Cast, globex: Cast) -> None:
    now = timezone.now()
    token = devices.issue(acme.people["alice"])
    here = {"address": ALICE, "organization_id": acme.organization.id}
    assert devices.find(token, **here, now=now) is not None
    assert devices.find(token, **here, now=now + devices.LIFETIME - timedelta(minutes=1)) is not None
    refused = [
        devices.find(token, **here, now=now + devices.LIFETIME + timedelta(minutes=1)),
        devices.find(token, **here | {"organization_id": globex.organization.id}, now=now),
        devices.find(token, **here | {"organization_id": None}, now=now),
        devices.find(token, **here | {"address": "bob@acme.example"}, now=now),
        devices.find(("B" if token[0] == "A" else "A") + token[1:], **here, now=now),
        devices.find("", **here, now=now),
    ]
    assert refused == [None] * 6


def test_two_log_ins_make_two_devices(acme: Cast) -> None:
    found = {
        devices.find(
            devices.issue(acme.people["alice"]),
            address=ALICE,
            organization_id=acme.organization.id,
            now=timezone.now(),
        )
        for _ in range(3)
    }
    assert len(found) == 3


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("me/password/", {"current_password": WRONG, "password": "x" * 20}),
        ("organization/deletion/", {"password": WRONG}),
    ],
)
def test_a_password_asked_again_is_counted_with_the_device(acme: Cast, path: str, body: dict[str, str]) -> None:
    opened = Api().post("auth/login/", {"email": ALICE, "password": PASSWORD}).body
    alice = Api(opened["access"])
    for _ in range(10):
        Api().post("auth/login/", {"email": ALICE, "password": WRONG})
    assert alice.post(path, body).body["code"] == "locked_out", "strangers used up what is counted without one"
    codes = [alice.post(path, body, X_Device_Token=opened["device"]).body["code"] for _ in range(11)]
    assert codes == ["validation_error"] * 10 + ["locked_out"]


def test_a_password_reset_ends_the_lock_of_the_device_it_was_typed_at(acme: Cast, globex: Cast) -> None:
    join(globex, ALICE)
    device = Api().post("auth/login/", {"email": ALICE, "password": PASSWORD, "organization": "acme"}).body["device"]

    def log_in(password: str) -> int:
        body = {"email": ALICE, "password": password, "organization": "acme"}
        return Api().post("auth/login/", body, X_Device_Token=device).status

    assert [log_in(WRONG) for _ in range(11)] == [401] * 10 + [429]
    lockout.forgive(acme.people["alice"])
    assert log_in(PASSWORD) == 200
