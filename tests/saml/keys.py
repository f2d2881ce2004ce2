"""Keys and certificates (X.509) of a SAML identity provider in the tests: each is made once a process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, CertificateBuilder, Name, NameAttribute
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Make the RSA key of somebody."""
    return rsa.generate_private_key(65_537, bits)


@cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    """Make the ECDSA key of somebody."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def certificate(key: Key, *, ends: datetime = datetime(2036, 1, 1, tzinfo=UTC)) -> Certificate:
    """Write the certificate of a key, signed by itself."""
    name = Name([NameAttribute(NameOID.COMMON_NAME, "idp.example")])
    builder = CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), ends - timedelta(days=30), ends
    )
    return builder.sign(key, SHA256())


def pem(key: Key) -> str:
    """Write it as an admin pastes it."""
    return certificate(key).public_bytes(Encoding.PEM).decode()


def base64_of(key: Key) -> str:
    """Write it as it stands in XML."""
    return "".join(pem(key).splitlines()[1:-1])
