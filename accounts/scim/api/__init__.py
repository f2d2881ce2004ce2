"""The API of SCIM."""
