"""E-mail backend (SMTP): the server and the credentials that EMAIL_URL names by now, which may have changed since the start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Django's own. It is made for each mail, so the next one is sent with the password that is in the file then."""

    def __init__(self, **options: Any) -> None:
        configured = settings.WORKIX.email_url
        assert configured is not None  # the settings name this backend only then
        server = configured.now()
        address = {"host": server.host, "port": server.port, "username": server.user}
        protection = {"use_ssl": server.protection == "tls", "use_tls": server.protection == "starttls"}
        given = {name: value for name, value in options.items() if value is not None}
        super().__init__(**{**address, "password": server.password.reveal(), **protection, **given})
