"""Privacy (GDPR): a person's data is handed to them, and erased; the proof of the trail still holds."""
