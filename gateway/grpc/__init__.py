"""gRPC, for calls from service to service: quotas, introspection of credentials, authorization."""
