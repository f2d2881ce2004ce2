"""Numbers on the command line are bounded where they are read."""

from __future__ import annotations

import argparse

import pytest

from workix.core.commands import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("-2", -2), ("010", 10)])
def test_a_number_within_the_bounds_is_read(text: str, number: int) -> None:
    assert whole_number(-2, 10)(text) == number


@pytest.mark.fault("E1")
@pytest.mark.parametrize(
    "text", ["-3", "11", "1.0", "", " 1", "+1", "1_0", "1e1", "٣", "0x1", "9" * 20, "9" * 5_000, "nan"], ids=ascii
)
def test_any_other_text_is_refused_with_the_bounds(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as caught:
        whole_number(-2, 10)(text)
    assert str(caught.value) == "use a whole number from -2 to 10"
