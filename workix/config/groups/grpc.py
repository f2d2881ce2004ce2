"""Settings of the gRPC server: where it listens, with which certificate (TLS), and how much it does at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, PlainValidator, ValidationInfo

from workix.config import values
from workix.config.errors import Fault
from workix.config.fields import setting


def readable(text: str) -> Path:
    """Accept a file that can be read, by its absolute path."""
    file = values.path(text)
    if not file.is_absolute() or not file.is_file():
        raise ValueError("must be the absolute path of a file")
    return file


def _with_its_key(certificate: Path | None, info: ValidationInfo) -> Path | None:
    if "grpc_tls_key" in info.data and (certificate is None) != (info.data["grpc_tls_key"] is None):
        raise Fault("WORKIX_GRPC_TLS_CERTIFICATE and WORKIX_GRPC_TLS_KEY are set together, or not at all.")
    return certificate


PemFile = Annotated[Path, PlainValidator(readable)]


class GrpcSettings(BaseModel):
    """What `manage.py grpc` serves by. Nothing else reads them."""

    grpc_bind: values.Listener = setting(
        "WORKIX_GRPC_BIND", "Where `manage.py grpc` listens. Needs requirements-grpc.txt.", "127.0.0.1:50051"
    )
    grpc_tls_key: PemFile | None = setting(
        "WORKIX_GRPC_TLS_KEY",
        "The file with the private key of its certificate (PEM), read again when it changes.",
        None,
    )
    grpc_tls_certificate: Annotated[PemFile | None, AfterValidator(_with_its_key)] = setting(
        "WORKIX_GRPC_TLS_CERTIFICATE",
        "The file with its certificate and those above it (PEM). Unset: no TLS, and none but this machine is answered.",
        None,
        validate_default=True,
    )
    grpc_plaintext: values.Boolean = setting(
        "WORKIX_GRPC_PLAINTEXT",
        "Whether it may listen beyond this machine without TLS: credentials then travel readable, in a network of yours.",
        default=False,
    )
    grpc_threads: values.PositiveNumber = setting("WORKIX_GRPC_THREADS", "Calls that it answers at the same moment.", 4)
    grpc_calls_at_once: values.PositiveNumber = setting(
        "WORKIX_GRPC_CALLS_AT_ONCE", "Calls that it takes at once, those that wait among them; others are refused.", 64
    )
