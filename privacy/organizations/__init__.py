"""Export of an organization (GDPR, article 20): a portable archive of everything it holds, without secrets."""
