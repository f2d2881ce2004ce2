"""The core: current actor and organization, permissions, errors, abstract models, signals."""
