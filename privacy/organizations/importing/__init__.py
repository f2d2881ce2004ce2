"""Import of an organization from the archive that manage.py export_organization writes; for operators."""
