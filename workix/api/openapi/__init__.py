"""The OpenAPI document: schema, examples, links, its pages."""
