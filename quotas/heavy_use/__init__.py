"""Heavy use: who asks most of the platform (heavy hitters), counted with bounded memory and bounded series, for operators."""
