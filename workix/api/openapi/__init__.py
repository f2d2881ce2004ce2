"""The OpenAPI document (drf-spectacular): schema, examples, links, its pages."""
