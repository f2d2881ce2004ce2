"""The specification's sources: requirements, the data model, and the pages that are written from them."""
