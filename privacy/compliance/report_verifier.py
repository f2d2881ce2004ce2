"""Offline verifier of a compliance report: a single file that needs Python 3.11 and `cryptography`, and no database.

python report_verifier.py report.zip --key VERIFIER_KEY

The key is that of the organization's audit trail, which `manage.py verify_audit --organization SLUG --key` prints; get it by
another way than the report.
"""

# Note [Verifying a report]
# See Note [The signature of a report] in evidence_pack.py. The key names its organization (workix.dev/audit/ID), and the report
# has to be of that one. Nothing but the three files may be in the archive, each once: what was not signed is not read.

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HTML, JSON, SIGNATURE = FILES = ("report.html", "report.json", "report.sig")
#: No report is so large; what is, is not unpacked.
LARGEST_BYTES = 64 << 20
ED25519 = b"\x01"


class Forged(ValueError):
    """The first thing that is not as it was signed, in a sentence."""


def origin_of(organization_id: str) -> str:
    """Name who signs reports of an organization: none passes for another's, nor for a checkpoint or a certificate."""
    return f"workix.dev/compliance/{organization_id}"


def key_id(name: str, key: bytes) -> bytes:
    """Return the four bytes a signed note names its key by."""
    return sha256(name.encode() + b"\n" + ED25519 + key).digest()[:4]


def read_key(text: str) -> tuple[str, bytes]:
    """Read a verifier key: the organization it is for, and the Ed25519 key.

    :raises Forged: when it is none.
    """
    name, _, rest = text.strip().partition("+")
    identity, _, encoded = rest.partition("+")
    raw = _decoded(encoded)
    if len(raw) != 33 or raw[:1] != ED25519 or key_id(name, raw[1:]).hex() != identity:
        raise Forged("This is no verifier key of an Ed25519 signature.")
    return name.rpartition("/")[2], raw[1:]


def verify(archive: IO[bytes] | str, organization_id: str, keys: Iterable[bytes]) -> dict[str, Any]:
    """Verify an archive, and return the report. See Note [Verifying a report].

    :raises Forged: naming the first thing that is not as it was signed.
    """
    files = _read(archive)
    _check_note(files, origin_of(organization_id), keys)
    report: dict[str, Any] = json.loads(files[JSON])
    if report["organization"]["id"] != organization_id:
        raise Forged("The report is of another organization.")
    return report


def _read(archive: IO[bytes] | str) -> dict[str, bytes]:
    try:
        with ZipFile(archive) as opened:
            if sorted(opened.namelist()) != sorted(FILES):
                raise Forged(f"The archive does not hold {', '.join(FILES)} and nothing else.")
            if sum(each.file_size for each in opened.infolist()) > LARGEST_BYTES:
                raise Forged("The archive is larger than any report.")
            return {name: opened.read(name) for name in FILES}
    except (BadZipFile, EOFError) as error:
        raise Forged("This is no ZIP archive, or a damaged one.") from error


def _check_note(files: Mapping[str, bytes], origin: str, keys: Iterable[bytes]) -> None:
    body, _, signatures = files[SIGNATURE].decode(errors="replace").partition("\n\n")
    named, *rest = body.split("\n")
    if named != origin:
        raise Forged(f"The report is not of this organization but of {named[:100]!r}.")
    signed = f"{body}\n".encode()
    if not any(_is_signed(signed, line, origin, key) for key in keys for line in signatures.splitlines()):
        raise Forged("The report is not signed with this key.")
    for name in (HTML, JSON):
        if f"sha256 {name} {sha256(files[name]).hexdigest()}" not in rest[2:]:
            raise Forged(f"{name} was altered: it is not what was signed.")


def _is_signed(body: bytes, line: str, origin: str, key: bytes) -> bool:
    dash, _, rest = line.partition(" ")
    named, _, encoded = rest.partition(" ")
    raw = _decoded(encoded)
    if dash != "—" or named != origin or raw[:4] != key_id(origin, key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(raw[4:], body)
    except InvalidSignature:
        return False
    return True


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Base64Error, ValueError):
        return b""


def main() -> None:
    """Verify a file, and say in a sentence what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("report", help="the ZIP archive")
    parser.add_argument("--key", action="append", required=True, help="a verifier key; several after a rotation")
    given = parser.parse_args()
    try:
        keys = [read_key(each) for each in given.key]
        report = verify(given.report, keys[0][0], [key for _, key in keys])
        found = ", ".join(f"{count} {status}" for status, count in report["summary"].items())
    except (Forged, OSError, KeyError, TypeError, ValueError) as fault:
        sys.exit(f"NOT VERIFIED: {fault}")
    sys.stdout.write(f"Verified: the report of {report['made_at']}: {found}.\n")


if __name__ == "__main__":
    main()
