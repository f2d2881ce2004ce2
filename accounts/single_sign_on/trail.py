"""The audit entry of a sign-on that was refused (sign_on.refused), with the reason."""

from __future__ import annotations

from django.db import transaction

from accounts.models import IdentityProvider
from accounts.single_sign_on.identity import SignOnFailed
from audit.recording import record
from workix.core.errors import ProblemError


def record_refusal(provider: IdentityProvider, refusal: ProblemError, *, email: str = "") -> None:
    """Add to the trail who was refused, and why."""
    because = refusal.because if isinstance(refusal, SignOnFailed) and refusal.because else refusal.detail
    with transaction.atomic():
        record(
            "sign_on.refused",
            resource_type="identity_provider",
            resource_id=provider.id,
            resource_label=provider.name,
            changes={"because": because, "email": email} if email else {"because": because},
        )
