"""QR codes (SVG) of `otpauth://` URIs, which authenticator apps scan; drawn here, so that no secret goes to anybody's service."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def svg_of(uri: str) -> SafeString:
    """Draw a QR code as an `<svg>` without styles or scripts, as the Content-Security-Policy has it; black on white, always."""
    code = segno.make_qr(uri, error="m")
    drawn = code.svg_inline(
        scale=5, dark="#000", light="#fff", title="QR code of the secret", svgclass="qr-code", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308  # drawn by segno: paths and numbers, and a title of ours
