"""ApprovalPolicy: which acts of agents wait for approval, and whether by somebody else than their owner; one row, or none."""

from __future__ import annotations

from django.db import models

from accounts.models.user import organization_in_scope
from audit.registry import audited
from workix.core.classification import ordinary
from workix.core.models import not_imported


@not_imported("it says what agents may do, which do not come with an organization either")
@audited("approval_policy")
class ApprovalPolicy(models.Model):
    """What an organization decided. See Note [Where a policy is kept] in accounts/models/security_policy.py."""

    organization_id = ordinary(models.UUIDField(primary_key=True, default=organization_in_scope, editable=False))
    #: As agents.proposals.rules reads them.
    rules = ordinary(models.JSONField())
    four_eyes = ordinary(models.BooleanField(default=False, db_default=False))
    updated_at = ordinary(models.DateTimeField(auto_now=True, editable=False))

    class Meta:
        db_table = "approval_policies"

    def __str__(self) -> str:
        return f"Approval policy of {self.organization_id}"
