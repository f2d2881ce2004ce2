"""The API of proposals and of the approval policy."""
