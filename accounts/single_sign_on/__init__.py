"""Single sign-on of one organization: people who sign on at an identity provider."""
