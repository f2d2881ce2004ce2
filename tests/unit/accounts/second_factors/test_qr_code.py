"""QR codes: SVG that a strict Content-Security-Policy lets pass."""

from __future__ import annotations

from accounts.admin.second_factors.qr_code import svg_of


def test_it_is_an_svg_of_paths_without_style_or_script() -> None:
    drawn = svg_of("otpauth://totp/Acme:alice?secret=JBSWY3DPEHPK3PXP&issuer=<script>")
    assert (drawn.startswith("<svg "), drawn.count("<path ")) == (True, 2)
    assert [word for word in ("style", "<script", "http", "JBSWY3DPEHPK3PXP") if word in drawn] == []
