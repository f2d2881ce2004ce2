"""Writes the generated pages of docs/, and looks whether they are current."""
