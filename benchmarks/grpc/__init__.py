"""What a call over gRPC costs beside the same request to REST."""
