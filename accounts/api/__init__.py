"""Doors of this floor: one file a resource, serializer above, view below."""
