"""Key rotation: next, current, retiring, retired; at no step does anybody refuse a token that is good."""

from __future__ import annotations

import stat
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.tokens import access_tokens, key_rotation, signing_keys
from accounts.tokens.key_rotation import ANNOUNCED, KeysNotInFile, NextKeyWaits, NoSuchKey, TokensStillLive
from accounts.tokens.signing_keys import MARGIN, KeySet, State, key_set, key_set_of
from workix.config.secrets import LiveSecret, Secret
from workix.config.values import make_signing_key
from workix.config.values import signing_keys as parse

NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)
MINUTE, LIFETIME = timedelta(minutes=1), timedelta(minutes=15)


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Let the platform have one key, in a file that says nothing of moments, as openssl makes it."""
    found = tmp_path / "signing_keys"
    found.write_text(make_signing_key())
    found.chmod(0o600)
    start(found, settings)
    yield found
    signing_keys.key_set_of.cache_clear()


def start(file: Path, settings: Settings) -> None:
    """Be a process that has just started."""
    live = LiveSecret(parse(file.read_text()), file, parse)
    settings.WORKIX = settings.WORKIX.model_copy(update={"signing_keys": live})


@pytest.fixture
def use(file: Path, settings: Settings) -> Callable[[], None]:
    return lambda: start(file, settings)


def states(now: datetime, found: KeySet) -> list[str]:
    return [found.state_of(key, now=now).value for key in found.keys]


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def issue() -> str:
    return access_tokens.issue(
        organization_id=None, user_id=uuid.UUID(int=1), session_id=uuid.UUID(int=2), role="admin"
    )


def test_a_key_is_next_then_current_then_retiring_then_retired(file: Path) -> None:
    (old,) = key_set_of(file.read_text()).keys
    found = key_rotation.rotate(now=NOON)
    signs_from = NOON + ANNOUNCED
    new = found.keys[0]
    assert (new.signs_from, new.ends_at) == (signs_from, None)
    assert [(key.id, key.ends_at) for key in found.keys] == [(new.id, None), (old.id, signs_from + LIFETIME + MARGIN)]
    assert {
        passed: states(NOON + passed, found)
        for passed in (timedelta(0), ANNOUNCED - MINUTE, ANNOUNCED, ANNOUNCED + LIFETIME, ANNOUNCED + LIFETIME + MARGIN)
    } == {
        timedelta(0): ["next", "current"],
        ANNOUNCED - MINUTE: ["next", "current"],
        ANNOUNCED: ["current", "retiring"],
        ANNOUNCED + LIFETIME: ["current", "retiring"],
        ANNOUNCED + LIFETIME + MARGIN: ["current", "retired"],
    }


def test_at_no_moment_is_a_token_refused_by_a_machine_that_got_the_file_later(file: Path) -> None:
    """A machine may have what the file was up to five minutes ago, and tokens live fifteen."""
    written = [(NOON - timedelta(days=1), file.read_text())]
    for began in (NOON, NOON + 12 * MINUTE, NOON + 60 * MINUTE):
        with time_machine.travel(began, tick=False):
            key_rotation.rotate(now=began)
        written.append((began, file.read_text()))

    def known(at: datetime) -> KeySet:
        return key_set_of([text for began, text in written if began <= at][-1])

    signers = set()
    for minute in range(-20, 120):
        issued_at = NOON + minute * MINUTE
        for late in (0, 5):
            signer = known(issued_at - late * MINUTE).current(now=issued_at)
            signers.add(signer.id)
            for age, reader_late in ((0, 0), (0, 5), (14, 0), (14, 5)):
                at = issued_at + age * MINUTE
                reader = known(at - reader_late * MINUTE).by_id[signer.id]
                assert reader.ends_at is None or at < reader.ends_at, (minute, late, age, reader_late)
    assert len(signers) == 4


def test_whoever_keeps_our_key_set_for_a_while_knows_each_key_before_its_first_token(
    file: Path, use: Callable[[], None]
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        before = kid_of(issue())
        key_rotation.rotate(now=NOON)
        use()
        published = {key["kid"] for key in signing_keys.jwks(timezone.now())["keys"]}
        clock.shift(ANNOUNCED)
        assert (published, kid_of(issue()) != before) == ({before, kid_of(issue())}, True)


def test_tokens_of_both_keys_are_read_while_they_change(file: Path, use: Callable[[], None]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        key_rotation.rotate(now=NOON)
        use()
        clock.shift(ANNOUNCED - timedelta(seconds=1))
        before = issue()
        clock.shift(1)
        after = issue()
        assert kid_of(before) != kid_of(after)
        assert [access_tokens.read(each).user_id.int for each in (before, after)] == [1, 1]
        clock.shift(LIFETIME - timedelta(seconds=2))
        assert [access_tokens.read(each).user_id.int for each in (before, after)] == [1, 1]


def test_a_thief_of_a_retired_key_makes_no_token_that_outlives_it(file: Path, use: Callable[[], None]) -> None:
    """However long it says that it is good, and although it was verified, and remembered, while the key was good."""
    with time_machine.travel(NOON, tick=False) as clock:
        (stolen,) = key_set().keys
        for_ever = jwt.decode(issue(), options={"verify_signature": False}) | {"exp": 99_999_999_999}
        token = jwt.encode(for_ever, stolen.private, "EdDSA", {"kid": stolen.id})
        key_rotation.rotate(now=NOON)
        use()
        assert access_tokens.read(token).user_id.int == 1
        clock.shift(ANNOUNCED + LIFETIME + MARGIN - timedelta(seconds=1))
        assert access_tokens.read(token).user_id.int == 1
        clock.shift(1)
        with pytest.raises(access_tokens.TokenNotValid):
            access_tokens.read(token)


def test_the_key_set_that_is_published_has_the_next_and_leaves_out_the_retired(
    file: Path, use: Callable[[], None]
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        key_rotation.rotate(now=NOON)
        use()
        counts = [len(signing_keys.jwks(timezone.now())["keys"])]
        for passed in (ANNOUNCED, LIFETIME, MARGIN):
            clock.shift(passed)
            counts.append(len(signing_keys.jwks(timezone.now())["keys"]))
        assert counts == [2, 2, 2, 1]


def test_a_second_rotation_waits_for_the_first(file: Path) -> None:
    key_rotation.rotate(now=NOON)
    before = file.read_text()
    with pytest.raises(NextKeyWaits, match="is the next key already: it signs from 12:10:00 UTC"):
        key_rotation.rotate(now=NOON + ANNOUNCED - MINUTE)
    assert file.read_text() == before


def test_a_later_rotation_takes_away_what_has_done(file: Path) -> None:
    first = key_rotation.rotate(now=NOON)
    second = key_rotation.rotate(now=NOON + timedelta(days=30))
    assert states(NOON + timedelta(days=30), second) == ["next", "current"]
    assert second.keys[1].id == first.keys[0].id


def test_of_many_rotations_at_once_one_adds_a_key(file: Path) -> None:
    outcomes: list[str] = []
    gate = threading.Barrier(8)

    def turn() -> None:
        gate.wait()
        try:
            key_rotation.rotate(now=NOON)
            outcomes.append("rotated")
        except NextKeyWaits:
            outcomes.append("waits")

    threads = [threading.Thread(target=turn) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(outcomes), len(key_set_of(file.read_text()).keys)) == (["rotated", *["waits"] * 7], 2)


def test_a_key_whose_tokens_live_is_not_retired(file: Path) -> None:
    found = key_rotation.rotate(now=NOON)
    new, old = found.keys
    before = file.read_text()
    for passed, key, why in (
        (timedelta(0), new, "is next: rotate"),
        (timedelta(0), old, "is current: rotate"),
        (ANNOUNCED, old, "are good until 2030-01-31 12:30:00 UTC"),
        (ANNOUNCED, new, "is current: rotate"),
        (ANNOUNCED + LIFETIME + MARGIN - timedelta(seconds=1), old, "are good until 2030-01-31 12:30:00 UTC"),
    ):
        with pytest.raises(TokensStillLive, match=why):
            key_rotation.retire(key.id, now=NOON + passed)
    assert file.read_text() == before
    left = key_rotation.retire(old.id, now=NOON + ANNOUNCED + LIFETIME + MARGIN)
    assert [key.id for key in left.keys] == [new.id]
    with pytest.raises(NoSuchKey):
        key_rotation.retire(old.id, now=NOON + timedelta(days=1))


def test_a_key_that_leaked_is_believed_no_more_and_a_new_one_signs_at_once(file: Path, use: Callable[[], None]) -> None:
    with time_machine.travel(NOON, tick=False):
        token = issue()
        assert access_tokens.read(token).user_id.int == 1
        key_rotation.replace_all(now=NOON)
        use()
        with pytest.raises(access_tokens.TokenNotValid):
            access_tokens.read(token)
        assert access_tokens.read(issue()).user_id.int == 1


def test_keys_in_a_variable_are_not_rotated(settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"signing_keys": Secret(make_signing_key())})
    for act in (key_rotation.rotate, key_rotation.replace_all):
        with pytest.raises(KeysNotInFile, match="WORKIX_SIGNING_KEYS_FILE"):
            act(now=NOON)


def test_the_file_stays_as_private_as_it_was(file: Path) -> None:
    key_rotation.rotate(now=NOON)
    assert (stat.S_IMODE(file.stat().st_mode), list(file.parent.iterdir())) == (0o600, [file])


def test_keys_without_a_moment_are_in_the_order_of_the_file_and_older_than_one_with(file: Path) -> None:
    first, second = make_signing_key(), make_signing_key()
    file.write_text(first + second)
    undated = key_set_of(file.read_text())
    assert (states(NOON, undated), [key.ends_at for key in undated.keys]) == (["current", "retiring"], [None, None])
    found = key_rotation.rotate(now=NOON)
    assert [key.id for key in found.keys[1:]] == [key.id for key in undated.keys]
    assert states(NOON + ANNOUNCED, found) == ["current", "retiring", "retiring"]
    assert states(NOON + ANNOUNCED + LIFETIME + MARGIN, found) == ["current", "retired", "retired"]


def test_a_key_that_only_begins_later_signs_when_there_is_no_other() -> None:
    later = key_set_of(f"signs from 2031-01-01T00:00:00Z\n{make_signing_key()}")
    assert states(NOON, later) == [State.CURRENT]
