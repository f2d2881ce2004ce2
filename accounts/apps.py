"""The AppConfig of the accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out  # noqa: PLC0415  # models come first

        from accounts.admin.login import begin_session, end_session  # noqa: PLC0415

        user_logged_in.connect(begin_session)
        user_logged_out.connect(end_session)
