"""Importing people who are somewhere already, with the hashes of their passwords: for operators, from the command line."""
