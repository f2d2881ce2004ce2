"""Certificates (X.509) of an identity provider: which are accepted, and the one form (PEM) they are kept in."""

from __future__ import annotations

import re
from base64 import b64decode

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, SECP521R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate

from accounts.single_sign_on.saml.messages.errors import InvalidMessage

#: The one in use and the next one: that is what a roll-over takes. Some providers announce one more.
MOST = 3
MAX_CHARACTERS = 16_384
_CURVES = (SECP256R1, SECP384R1, SECP521R1)
_LINES = re.compile(r"-----(?:BEGIN|END) CERTIFICATE-----")


def read(text: str) -> list[Certificate]:
    """Read certificates as people paste them: PEM, one after the other, or the bare Base64 of one.

    :raises InvalidMessage: when there is none, or more than MOST, or one is too weak.
    """
    if len(text) > MAX_CHARACTERS * MOST:
        raise InvalidMessage("This is too long for certificates.")
    found = [_read_one(part) for part in _LINES.split(text) if part.strip()]
    unique = list(dict.fromkeys(found))
    if not 1 <= len(unique) <= MOST:
        raise InvalidMessage(f"There must be one to {MOST} certificates: the one in use, and the next one.")
    return unique


def write(certificates: list[Certificate]) -> str:
    """Write them as they are kept: PEM, one after the other."""
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in certificates)


def _read_one(text: str) -> Certificate:
    try:
        certificate = load_der_x509_certificate(b64decode("".join(text.split()), validate=True))
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidMessage("This is not a certificate (X.509, PEM).") from error
    is_strong = (isinstance(key, RSAPublicKey) and key.key_size >= 2048) or (
        isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, _CURVES)
    )
    if not is_strong:
        raise InvalidMessage("A certificate's key is too weak: RSA needs 2048 bits, ECDSA one of NIST's curves.")
    return certificate
