"""How times and dates are written on our pages."""
