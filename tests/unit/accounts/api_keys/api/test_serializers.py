"""What the document shows of API keys: an example that looks like one and is none."""

from __future__ import annotations

from accounts.api_keys.api.serializers import EXAMPLES
from accounts.api_keys.key_format import LENGTH, prefix_of, read


def test_the_example_of_a_key_is_none() -> None:
    assert (len(EXAMPLES["key"]), prefix_of(EXAMPLES["key"]), read(EXAMPLES["key"])) == (
        LENGTH,
        EXAMPLES["prefix"],
        None,
    )
