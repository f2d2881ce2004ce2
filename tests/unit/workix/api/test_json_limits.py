"""A body is bounded in depth and in values, whatever its shape, and looking at that costs no more than the limit."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from workix.api.json_limits import is_within


def nested(depth: int, inner: Any = 1) -> Any:
    for level in range(depth):
        inner = [inner] if level % 2 else {"a": inner}
    return inner


def fits(value: Any) -> bool:
    return is_within(orjson.dumps(value), value, depth=4, values=6)


@pytest.mark.parametrize(
    "value",
    [
        1,
        "{[{[{[{[,,,,,,,,,",
        {"a": "{[{[{[{[,,,,,,,,,"},
        nested(4),
        [1, 2, 3, 4, 5, 6],
        {str(number): number for number in range(6)},
        [[1, 2], [3, 4]],
        [[[[]]]],
    ],
    ids=repr,
)
def test_what_keeps_the_limits_is_taken_and_brackets_in_a_text_are_text(value: Any) -> None:
    assert fits(value)


@pytest.mark.fault("A4")
@pytest.mark.parametrize(
    "value",
    [
        nested(5),
        nested(200),
        {"a": 1, "b": nested(4)},
        [1, 2, 3, 4, 5, 6, 7],
        {str(number): number for number in range(7)},
        [[1, 2], [3, 4], 5],
        [[], [], [], [], [], [], []],
        [[[[[]]]]],
    ],
    ids=repr,
)
def test_one_level_or_one_value_too_many_is_seen(value: Any) -> None:
    assert not fits(value)
