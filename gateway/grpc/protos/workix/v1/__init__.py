"""Messages and services of version 1; every change to them keeps what is there (see docs/grpc.md)."""
