"""The dashboard's pages and the audit list, of an organization of twenty people."""
