"""Log-in benchmark: what a refused one costs, by the number of organizations of its address."""
