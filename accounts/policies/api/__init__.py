"""The API of an organization's policies: GET and PATCH /organization/policies/."""
