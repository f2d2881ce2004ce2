"""The development server: what `make run` and `make test` need on a bare machine. Not in the image, no product imports it."""
