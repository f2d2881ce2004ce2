"""QR codes (SVG) of `otpauth://` URIs, which authenticator apps scan; drawn here, so that no secret goes to anybody's service."""

from __future__ import annotations

import segno


def svg_of(uri: str) -> str:
    """Draw a QR code as an `<svg>` without styles or scripts, as the Content-Security-Policy has it; black on white, always.

    It is safe in a page as it is: paths and numbers, and a title of ours.
    """
    code = segno.make_qr(uri, error="m")
    drawn: str = code.svg_inline(
        scale=5, dark="#000", light="#fff", title="QR code of the secret", svgclass="qr-code", lineclass=None
    )
    return drawn
