"""What surrounds a request: middleware, security headers, problem pages, static files, client address."""
