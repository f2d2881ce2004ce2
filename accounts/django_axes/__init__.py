"""django-axes: its app with our handler, and migrations with UUID keys."""
