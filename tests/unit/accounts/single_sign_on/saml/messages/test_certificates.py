"""Certificates (X.509) of a SAML provider: which are accepted, and how they are kept."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from accounts.single_sign_on.saml.messages.certificates import MAX_CHARACTERS, read, write
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from tests.saml.keys import base64_of, certificate, ec_key, pem, rsa_key

PROVIDER, NEXT = rsa_key("provider"), ec_key("next")


@pytest.mark.parametrize(
    "pasted",
    [
        pem(PROVIDER),
        base64_of(PROVIDER),
        f"\n\n {pem(PROVIDER)} \n",
        pem(PROVIDER).replace("\n", "\r\n"),
        pem(PROVIDER) + pem(PROVIDER),
    ],
)
def test_a_certificate_is_read_however_it_is_pasted(pasted: str) -> None:
    assert write(read(pasted)) == pem(PROVIDER)


def test_two_are_read_for_a_roll_over() -> None:
    assert read(pem(PROVIDER) + pem(NEXT)) == [certificate(PROVIDER), certificate(NEXT)]


@pytest.mark.parametrize(
    ("pasted", "refused"),
    [
        ("", "There must be one to 3 certificates: the one in use, and the next one."),
        (
            "".join(pem(ec_key(name)) for name in "abcd"),
            "There must be one to 3 certificates: the one in use, and the next one.",
        ),
        ("certificate", "This is not a certificate (X.509, PEM)."),
        (pem(PROVIDER)[:-100], "This is not a certificate (X.509, PEM)."),
        (pem(PROVIDER).replace("CERTIFICATE", "PRIVATE KEY"), "This is not a certificate (X.509, PEM)."),
        ("é\0", "This is not a certificate (X.509, PEM)."),
        ("a" * (MAX_CHARACTERS * 4), "This is too long for certificates."),
        (
            pem(rsa_key("weak", 1024)),
            "A certificate's key is too weak: RSA needs 2048 bits, ECDSA one of NIST's curves.",
        ),
        (
            pem(ec.generate_private_key(ec.SECP192R1())),
            "A certificate's key is too weak: RSA needs 2048 bits, ECDSA one of NIST's curves.",
        ),
    ],
)
def test_what_is_no_good_certificate_is_refused(pasted: str, refused: str) -> None:
    with pytest.raises(InvalidMessage) as refusal:
        read(pasted)

    assert str(refusal.value) == refused
