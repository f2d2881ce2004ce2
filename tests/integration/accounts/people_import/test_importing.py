"""import_people(): all or nothing, seats counted exactly, addresses not proven by a file, hashes replaced at the first log-in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.people_import.files import COLUMNS, Line
from accounts.people_import.importing import FaultyFile, Imported, Proof, import_people
from quotas.consumption import QuotaExceeded
from tests.acts import at_once, join, rows, set_limit, used
from tests.browsers import Browser
from tests.cast import Answer, Api, Cast
from tests.integration.tenants.neighbours.neighbours import neighbours_untouched
from tests.unit.accounts.login.foreign import HASHES, OLD
from workix.core.errors import ProblemError

DANA, ERIN = "dana@acme.example", "erin@acme.example"
PEOPLE = "SELECT email, role, first_name, email_confirmed_at IS NOT NULL, split_part(password_hash, '$', 1) FROM users"
ENTRIES = "SELECT action, changes, reason FROM audit_logs WHERE action LIKE 'people.%%' ORDER BY created_at, id"


def lines(*people: dict[str, str]) -> list[Line]:
    return [Line(number, dict.fromkeys(COLUMNS, "") | each) for number, each in enumerate(people, start=2)]


def bring(people: Iterable[Line], *, apply: bool = True, proof: Proof = Proof.VOUCHED_FOR, **more: Any) -> Imported:
    given: dict[str, Any] = {"reason": "moved from the old system", "progress": lambda _done, _of: None}
    return import_people("acme", people, apply=apply, proof=proof, now=timezone.now(), **given | more)


def log_in(email: str, password: str = OLD) -> Answer:
    return Api().post("auth/login/", {"email": email, "password": password, "organization": "acme"})


def of(cast: Cast, *emails: str) -> list[tuple[Any, ...]]:
    return rows(f"{PEOPLE} WHERE email = ANY(%(emails)s) ORDER BY email", cast, emails=list(emails))  # noqa: S608


@pytest.mark.parametrize("text", HASHES.values(), ids=HASHES.keys())
def test_who_had_a_password_keeps_it_and_its_hash_is_ours_after_the_first_log_in(acme: Cast, text: str) -> None:
    bring(lines({"email": DANA, "first_name": "Dana", "password_hash": text}))
    assert of(acme, DANA) == [(DANA, "user", "Dana", True, "imported")]
    assert log_in(DANA, OLD + "!").status == 401
    assert of(acme, DANA)[0][-1] == "imported", "a wrong guess replaces nothing"
    assert log_in(DANA).status == 200
    assert of(acme, DANA)[0][-1] == "argon2"
    assert log_in(DANA).status == 200


def test_a_log_in_by_page_replaces_it_too(acme: Cast) -> None:
    bring(lines({"email": DANA, "role": "admin", "password_hash": HASHES["bcrypt"]}))
    assert Browser(acme.host).log_in(DANA, OLD).status == 302
    assert of(acme, DANA)[0][-1] == "argon2"


def test_a_file_proves_no_address_and_its_person_does_by_a_link(acme: Cast, run_jobs: Callable[[], None]) -> None:
    hashed = {"password_hash": HASHES["scrypt of passlib"]}
    bring(lines({"email": DANA} | hashed), proof=Proof.ASKED_FOR)
    bring(lines({"email": ERIN} | hashed), proof=Proof.MAILED)
    run_jobs()
    assert [each.to for each in mail.outbox] == [[ERIN]]
    assert [(log_in(each).status, log_in(each).body["code"]) for each in (DANA, ERIN)] == [
        (403, "email_not_confirmed")
    ] * 2
    known = Api().post("auth/login/", {"email": DANA, "password": OLD})
    assert known.body["code"] == "invalid_credentials", "the index leads to no address that nobody proved"


def test_a_dry_run_keeps_nothing_but_that_it_was(acme: Cast, run_jobs: Callable[[], None]) -> None:
    before = used(acme, "users")
    assert bring(lines({"email": DANA}), apply=False, proof=Proof.MAILED) == Imported(1, 0, False)
    run_jobs()
    assert (of(acme, DANA), used(acme, "users"), mail.outbox) == ([], before, [])
    assert rows(ENTRIES, acme) == [
        ("people.import_checked", {"people": 1, "faults": 0}, "moved from the old system"),
    ]


def test_the_trail_says_who_came_why_and_who_vouched_and_no_hash(acme: Cast) -> None:
    bring(lines({"email": DANA, "password_hash": HASHES["bcrypt"]}, {"email": ERIN}))
    reason = "moved from the old system"
    assert rows(ENTRIES, acme) == [
        ("people.import_checked", {"people": 2, "faults": 0}, reason),
        ("people.imported", {"people": 2, "with_password": 1, "addresses": "the operator vouches for them"}, reason),
    ]
    made = (
        "SELECT count(*), bool_and(reason = %(reason)s) FROM audit_logs WHERE action = 'user.created' AND reason <> ''"
    )
    assert rows(made, acme, reason=reason) == [(2, True)]
    assert HASHES["bcrypt"] not in str(rows("SELECT * FROM audit_logs", acme))


def test_one_line_that_is_wrong_keeps_all_out_and_each_is_named(acme: Cast) -> None:
    before = used(acme, "users")
    with pytest.raises(FaultyFile) as caught:
        bring(lines({"email": DANA}, {"email": "Alice@ACME.example"}, {"email": ERIN, "role": "king"}))
    assert [(fault.line, fault.field, fault.detail) for fault in caught.value.checked.faults] == [
        (4, "role", "Use one of admin, user, viewer."),
        (3, "email", "Somebody in this organization has this address."),
    ]
    assert (of(acme, DANA, ERIN), used(acme, "users")) == ([], before)
    assert rows(ENTRIES, acme)[0][:2] == ("people.import_checked", {"people": 2, "faults": 2})


def test_nobody_at_all_is_a_fault(acme: Cast) -> None:
    with pytest.raises(FaultyFile) as caught:
        bring([])
    assert [fault.detail for fault in caught.value.checked.faults] == ["There is nobody in this file."]


@pytest.mark.parametrize("apply", [True, False])
def test_one_seat_too_few_keeps_all_out(acme: Cast, apply: bool) -> None:
    before = used(acme, "users")
    set_limit(acme, "users", before + 2)
    three = lines({"email": DANA}, {"email": ERIN}, {"email": "finn@acme.example"})
    with pytest.raises(QuotaExceeded):
        bring(three, apply=apply)
    assert used(acme, "users") == before
    assert bring(three[:2], apply=apply).people == 2
    assert used(acme, "users") == before + 2 * apply


def test_of_two_imports_of_the_same_people_at_once_one_is_done(acme: Cast) -> None:
    before = used(acme, "users")

    def try_it(_: int) -> str:
        try:
            return str(bring(lines({"email": DANA}, {"email": ERIN})).people)
        except ProblemError:
            return "refused"

    assert sorted(at_once(try_it, 3)) == ["2", "refused", "refused"]
    assert used(acme, "users") == before + 2


def test_who_is_invited_comes_in_on_the_seat_of_their_invitation(acme: Cast, alice: Api) -> None:
    assert alice.post("invitations/", {"email": DANA, "role": "admin"}).status == 201
    before = used(acme, "users")
    bring(lines({"email": DANA}))
    assert used(acme, "users") == before
    assert rows("SELECT status FROM invitations", acme) == [("withdrawn",)]
    assert of(acme, DANA) == [(DANA, "user", "", True, of(acme, DANA)[0][-1])]


def test_who_was_removed_comes_back_as_the_same_person(acme: Cast, alice: Api) -> None:
    dana = join(acme, DANA)
    assert alice.delete(f"users/{dana.id}/").status == 204
    bring(lines({"email": DANA, "password_hash": HASHES["bcrypt"]}))
    assert rows("SELECT id, deleted_at, is_active FROM users WHERE email = %(email)s", acme, email=DANA) == [
        (dana.id, None, True)
    ]


def test_who_comes_without_a_password_can_not_log_in_with_any(acme: Cast) -> None:
    bring(lines({"email": DANA}))
    assert [log_in(DANA, each).status for each in ("!", "x" * 20)] == [401, 401]


@pytest.mark.parametrize("proof", [Proof.ASKED_FOR, Proof.VOUCHED_FOR])
def test_nothing_of_another_organization_is_touched(acme: Cast, globex: Cast, proof: Proof) -> None:
    with neighbours_untouched(acme.organization):
        bring(lines({"email": "gina@globex.example", "password_hash": HASHES["bcrypt"]}), proof=proof)
    body = {"email": "gina@globex.example", "password": OLD, "organization": "globex"}
    assert Api().post("auth/login/", body).status == 401


@pytest.mark.parametrize(("slug", "reason"), [("nobody", "moved"), ("acme", " ")])
def test_without_an_organization_or_a_reason_no_line_is_read(acme: Cast, slug: str, reason: str) -> None:
    def unread() -> Iterable[Line]:
        raise AssertionError
        yield

    more: dict[str, Any] = {"proof": Proof.ASKED_FOR, "progress": lambda _done, _of: None, "now": timezone.now()}
    with pytest.raises(ProblemError):
        import_people(slug, unread(), apply=True, reason=reason, **more)
