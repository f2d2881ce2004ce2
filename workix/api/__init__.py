"""The REST API framework (DRF): problems, serializers, filters, pagination, idempotency."""
