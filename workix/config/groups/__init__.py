"""Groups of settings that belong together, each a model that `Environment` inherits."""
