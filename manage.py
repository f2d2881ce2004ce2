#!/usr/bin/env python
"""Runs the platform's commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workix.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["run_worker"]:
        from contextlib import suppress

        from workix import env

        with suppress(ImproperlyConfigured):  # Django says so, in a moment
            env.share_metrics(env.read().var / "metrics")
    execute_from_command_line(sys.argv)
