"""Commands of the gateway: its servers."""
