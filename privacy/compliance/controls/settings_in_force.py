"""Controls of configuration (compliance): the organization's policies, and the settings of the platform that matter."""

from __future__ import annotations

from django.conf import settings

from accounts.models import IdentityProvider
from accounts.models.security_policy import SHORTEST, find_policy
from privacy.compliance.control import Finding, ReportScope, control, met_if, table
from tenants.policies import own_policies

AREA = "Configuration"


@control(
    "settings.passwords",
    "Passwords, second factors and sign-on",
    area=AREA,
    gdpr=["32(1)(b)"],
    soc2=["CC6.1"],
    asvs=["6.2.1", "6.2.4", "6.3.3"],
)
def passwords(scope: ReportScope) -> Finding:
    """A second factor, or a provider that signs people on, is asked of everybody."""
    policy = find_policy()
    facts = {
        "shortest_password": policy.shortest_password,
        "passwords_remembered": policy.password_history,
        "password_lifetime_days": policy.password_lifetime_days,
        "second_factor_required": policy.requires_second_factor,
        "single_sign_on_only": policy.single_sign_on_only,
        "break_glass_admins": len(policy.break_glass_admins),
        "identity_providers": IdentityProvider.objects.filter(is_enabled=True).count(),
    }
    strong = policy.requires_second_factor or policy.single_sign_on_only
    sentence = (
        "Nobody comes in by a password alone."
        if strong
        else f"A password of {policy.shortest_password} characters is enough to come in: no second factor is required."
    )
    return Finding(met_if(strong), sentence, facts)


@control(
    "settings.entrances",
    "From where the organization is reached",
    area=AREA,
    gdpr=["32(1)(b)"],
    soc2=["CC6.6"],
    asvs=["3.4.2", "8.2.4"],
)
def entrances(scope: ReportScope) -> Finding:
    """Networks and origins that were decided. No network named is a decision, too: it is reached from everywhere."""
    policies = own_policies()
    listed = [("network", each) for each in policies.allowed_networks]
    listed += [("origin", each) for each in policies.allowed_origins]
    plain = [each for each in policies.allowed_origins if not each.startswith("https://")]
    facts = {"switching_allowed": policies.allows_switching, "origins_without_tls": len(plain)}
    where = f"from {len(policies.allowed_networks)} networks" if policies.allowed_networks else "from everywhere"
    sentence = f"It is reached {where}; pages of {len(policies.allowed_origins)} origins may call the API."
    return Finding(met_if(not plain), sentence, facts, table(("kind", "allowed"), listed, total=len(listed)))


@control(
    "settings.platform",
    "The platform runs with safe settings",
    area=AREA,
    gdpr=["32(1)(a)", "32(1)(b)"],
    soc2=["CC6.1", "CC6.7", "CC7.1"],
    asvs=["3.3.1", "3.4.1", "12.2.1", "13.4.2"],
)
def platform(scope: ReportScope) -> Finding:
    """TLS alone, cookies for TLS alone, no debug pages, keys of their own, checkpoints published to another machine."""
    wanted = {
        "tls_only": settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS > 0,
        "cookies_for_tls_only": settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE,
        "debug_is_off": not settings.DEBUG,
        "checkpoints_have_a_key_of_their_own": settings.WORKIX.checkpoint_keys is not None,
        "checkpoints_are_published": bool(settings.WORKIX.checkpoint_log or settings.WORKIX.checkpoint_webhook),
        "tripwires_are_set": settings.WORKIX.tripwires,
    }
    facts = {name: bool(holds) for name, holds in wanted.items()}
    missing = [name.replace("_", " ") for name, holds in facts.items() if not holds]
    told = {
        **facts,
        "shortest_password_offered": SHORTEST,
        "trail_kept_at_least_days": settings.WORKIX.audit_retention_floor_days,
    }
    sentence = f"Not so: {', '.join(missing)}." if missing else "Every setting that matters is the safe one."
    return Finding(met_if(not missing), sentence, told)
