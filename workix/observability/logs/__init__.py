"""What goes into the log, and what does not: redaction, uncaught exceptions."""
