"""The peer: a stock django-tenants, DRF, simplejwt and auditlog project, wired as their pages say."""
