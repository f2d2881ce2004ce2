"""Export of a person (GDPR, articles 15 and 20): asked for, built by a job, and handed out by a link that expires."""
