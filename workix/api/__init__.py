"""The REST API framework of the house: problems, serializers, filters, pagination, idempotency."""
