"""Pipelines: a small feature app, as a newcomer would write it. The test of the guards puts it into a copy of the project."""
