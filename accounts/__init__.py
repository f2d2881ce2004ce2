"""Who may come in: people, sessions, sign-up."""
