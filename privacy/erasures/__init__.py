"""Erasure of a person (GDPR, article 17): scheduled, shown, done by a job or an operator, scanned for, certified."""
