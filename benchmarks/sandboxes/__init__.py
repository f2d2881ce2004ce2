"""Sandbox benchmark: how long opening one takes over HTTP, and removing it."""
