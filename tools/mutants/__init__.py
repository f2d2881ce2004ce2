"""Mutation testing: changes one thing in a critical module, and looks whether a test notices (`make mutants`)."""
