"""django-axes: its app with our handler, migrations with UUID keys, and what sweeps its table."""
