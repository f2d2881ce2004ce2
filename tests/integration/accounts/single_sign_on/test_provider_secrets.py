"""Secrets of providers at rest: keys of one's own, their rotation by the nightly job, and what no key reads any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import override_settings

from accounts.models import IdentityProvider
from accounts.single_sign_on import provider_secrets
from accounts.single_sign_on.identity import SignOnFailed
from accounts.single_sign_on.tasks import renew_encryption
from tenants.jobs.periodic_tenant_task import enqueue_everywhere
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.signing_on import provider_of
from workix import settings
from workix.config.secrets import Secret

SECRET = "a secret of the client"  # noqa: S105  # of a provider that is not there
OLD, NEW = "o" * 32, "n" * 32


def keys(*kept: str) -> override_settings:
    return override_settings(WORKIX=settings.WORKIX.model_copy(update={"encryption_keys": Secret(",".join(kept))}))


def secret_of(cast: Cast) -> str:
    with use_tenant(cast.organization):
        return provider_secrets.reveal(IdentityProvider.objects.get())


@pytest.fixture
def kept(acme: Cast) -> None:
    """Let Acme have a provider with a secret, from before there were keys of one's own."""
    with use_tenant(acme.organization):
        provider = provider_of(acme)
        provider_secrets.keep(provider, SECRET)
        provider.save()


@pytest.mark.usefixtures("kept")
def test_keys_rotate_without_anybody_giving_a_secret_anew(acme: Cast, run_jobs: Callable[[], None]) -> None:
    with keys(OLD):
        assert secret_of(acme) == SECRET, "written under the derived key, which still reads"
        enqueue_everywhere(renew_encryption)
        run_jobs()
    with keys(NEW, OLD):
        assert secret_of(acme) == SECRET
        enqueue_everywhere(renew_encryption)
        run_jobs()
        before = rows("SELECT encrypted_secret FROM identity_providers", acme)
        enqueue_everywhere(renew_encryption)
        run_jobs()
        assert rows("SELECT encrypted_secret FROM identity_providers", acme) == before, "nothing is written twice"
    with keys(NEW):
        assert secret_of(acme) == SECRET
    with keys(OLD), pytest.raises(SignOnFailed):
        secret_of(acme)
    assert rows(
        "SELECT DISTINCT changes FROM audit_logs WHERE action = 'identity_provider.updated' AND actor_type = 'system'",
        acme,
    ) == [({"encrypted_secret": ["[redacted]", "[redacted]"]},)]


@pytest.mark.usefixtures("kept")
def test_what_no_key_reads_stays_as_it_is(acme: Cast, run_jobs: Callable[[], None]) -> None:
    rows("UPDATE identity_providers SET encrypted_secret = 'rubbish'", acme)
    enqueue_everywhere(renew_encryption)
    run_jobs()
    assert rows("SELECT encrypted_secret FROM identity_providers", acme) == [("rubbish",)]
    with pytest.raises(SignOnFailed):
        secret_of(acme)
