"""OpenID Connect: authorization code flow with PKCE, and ID tokens that are verified strictly."""
