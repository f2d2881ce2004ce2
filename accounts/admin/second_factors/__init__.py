"""Pages of second factors in the dashboard and the console: the second step of the log-in, and my account."""
