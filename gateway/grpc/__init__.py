"""gRPC: what services ask of the foundation."""
