"""Messages of SAML 2.0, without Django: requests are written, responses parsed, verified and read."""
