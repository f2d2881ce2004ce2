#!/usr/bin/env python
"""Runs the platform's commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workix.settings")
    from django.core.management import execute_from_command_line

    from workix.config.errors import ConfigurationError

    try:
        execute_from_command_line(sys.argv)
    except ConfigurationError as error:
        sys.exit(str(error))
