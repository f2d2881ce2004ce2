"""Groups of settings that workix.config.environment is made of."""
