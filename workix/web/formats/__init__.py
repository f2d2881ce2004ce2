"""Date and time formats of our pages (FORMAT_MODULE_PATH)."""
