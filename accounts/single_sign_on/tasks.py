"""Background jobs of single sign-on: encrypting secrets anew once there is a newer key. accounts.apps knows them."""

from __future__ import annotations

from accounts.single_sign_on import provider_secrets
from tenants.jobs.periodic_tenant_task import periodic_tenant_task


@periodic_tenant_task("accounts.renew_encryption", cron="40 0 * * *")
def renew_encryption() -> None:
    """Write, every night at forty past midnight (UTC), what is not under the newest of WORKIX_ENCRYPTION_KEYS."""
    provider_secrets.renew()
