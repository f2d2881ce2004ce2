"""Origins as an operator or an admin writes them, and as a browser does."""

from __future__ import annotations

import pytest

from workix.config.origins import page_origin, page_origins


@pytest.mark.fault("F7")
@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://App.Example.com", "https://app.example.com"),
        ("HTTPS://app.example.com:443/", "https://app.example.com"),
        ("https://app.example.com:8443", "https://app.example.com:8443"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://192.0.2.1:8443", "https://192.0.2.1:8443"),
        ("https://[2001:DB8:0::1]:8443", "https://[2001:db8::1]:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://LOCALHOST:80", "http://localhost"),
        ("http://acme.localhost:5173", "http://acme.localhost:5173"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_an_origin_is_kept_as_a_browser_sends_it(written: str, sent: str) -> None:
    assert page_origin(written) == sent


@pytest.mark.fault("F7")
@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "*", "null", "app.example.com", "//app.example.com", "https://", "https:app.example.com"),
        *("https://*.example.com", "https://*", "https://.example.com", "https://app..example", "https://app.example."),
        *(
            "http://app.example.com",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://10.0.0.1",
        ),
        *(
            "https://app.example.com/x",
            "https://app.example.com?x",
            "https://app.example.com#",
            "https://u@app.example",
        ),
        *("https://app.example.com:0", "https://app.example.com:65536", "https://app.example.com:", "https://a:b"),
        *(
            "https://bücher.example",
            "https://a b",
            "https://a\\b",
            "https://a%2fb",
            "https://a,b",
            "https://a_b.example",
        ),
        *("https://[::g]", "https://[fe80::1%eth0]", "http://[::1", "https://a.example\n", "https://a\x00.example"),
        *("ftp://a.example", "file://", "data:text/html,x", "chrome-extension://abc", "javascript:alert(1)"),
        "https://" + "a." * 140 + "example",
    ],
)
def test_what_is_no_single_origin_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^must "):
        page_origin(written)


@pytest.mark.fault("F7")
def test_a_list_is_separated_by_commas_and_names_each_once() -> None:
    assert page_origins(" https://a.example, https://A.example:443,,https://b.example ") == (
        "https://a.example",
        "https://b.example",
    )
    assert page_origins(",") == ()
    with pytest.raises(ValueError, match=r"^must be 20 origins or fewer$"):
        page_origins(",".join(f"https://{number}.example" for number in range(21)))
