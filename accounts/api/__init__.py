"""API views of the accounts app: one file a resource, serializer above, view below."""
