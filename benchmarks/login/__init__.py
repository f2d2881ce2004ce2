"""Log-in benchmark: what one costs beside the hash of its password, by the number of organizations of its address."""
