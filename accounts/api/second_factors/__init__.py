"""The API of second factors: one's own, the second step of a log-in, step-up, and the reset of somebody's."""
