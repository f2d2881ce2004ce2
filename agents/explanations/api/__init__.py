"""The API of explanations: GET /authz/explanation/ and GET /authz/holders/."""
