"""The two sides of a comparison, driven by one harness: Workix and a stock project."""
