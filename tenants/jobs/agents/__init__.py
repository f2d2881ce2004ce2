"""Jobs that agents asked for."""
