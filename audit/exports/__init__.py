"""Export of the audit trail: CSV and NDJSON, streamed in constant memory."""
