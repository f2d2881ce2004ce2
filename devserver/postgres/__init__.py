"""The bundled (embedded) PostgreSQL of a development machine and of the tests."""
