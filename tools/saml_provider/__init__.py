"""A SAML identity provider (npm: samlp), which others wrote: pinned here, run by the test of a whole sign-on."""
