"""Erasure (GDPR, article 17): what only the owner may change or look through; whose values go, who calls it says."""
