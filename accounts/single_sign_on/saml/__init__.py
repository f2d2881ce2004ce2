"""SAML 2.0 service provider (web browser SSO): AuthnRequest by HTTP-Redirect, signed assertions by HTTP-POST."""

# Note [The SAML extra]
# What reads XML (lxml) and verifies its signatures (signxml) is native code that most installations never need, so it is
# in requirements-saml.txt and not in requirements.txt. Modules of this folder import it; whoever stands above asks
# extra.is_installed() first and imports them when they are needed. Why these two: docs/decisions/0035.
