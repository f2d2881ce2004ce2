"""The ground everything stands on: who acts, permissions, errors, abstract models, signals."""
