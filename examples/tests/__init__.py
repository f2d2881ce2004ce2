"""Tests of the example apps from outside."""
