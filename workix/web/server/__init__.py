"""The web server's worker (gunicorn): receives requests whole, before a thread serves them."""
