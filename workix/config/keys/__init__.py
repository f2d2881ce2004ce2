"""Keys as text: what is in the files that name them."""
