"""Groups of SCIM: the fixed roles and the organization's own ones, who is in them, and putting somebody in or out."""
