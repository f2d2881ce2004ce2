"""Compliance report: controls mapped to GDPR, SOC 2 and ASVS, with their evidence, signed. Importing it registers ours."""

from privacy.compliance import controls

__all__ = ["controls"]
