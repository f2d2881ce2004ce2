"""Explanations ("why?"): why somebody may or may not do something, and who could."""
