"""SCIM 2.0 (RFC 7643, 7644): a company's identity provider provisions people and puts them into roles, by an API key."""
