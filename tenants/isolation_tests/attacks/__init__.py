"""Attack techniques, one file for each goal of an attacker."""
