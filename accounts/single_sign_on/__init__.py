"""Single sign-on (OpenID Connect, SAML 2.0): an organization's own identity providers sign its people on."""
