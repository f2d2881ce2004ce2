"""The log-in form of the dashboard, the console and the browsable API, and the session behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.admin import browser_challenge
from accounts.admin.fields import PasswordField
from accounts.login import browser_sessions, devices
from accounts.login.login import EmailNotConfirmed
from accounts.login.password_change import change
from accounts.models import User
from accounts.models.security_policy import find_policy
from accounts.passwords.rules import LengthValidator
from accounts.second_factors.challenges import SecondFactorRequired
from accounts.single_sign_on.front_ends.offered import Offered, offered_here
from workix.admin.sites import Site
from workix.core.errors import Denied, Invalid, ProblemError
from workix.core.permissions import holds

#: Whoever is a person here may look at the API and at their account; into the dashboard not everybody may.
FOR_EVERYBODY = ("/api/", "/admin/account/")


class LoginForm(AuthenticationForm):
    """Address and password. Whatever is refused is said in the words the API has for it."""

    password = PasswordField(label="Password", autocomplete="current-password")

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "E-mail"
        self.fields["username"].widget = forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except SecondFactorRequired as asked:
            self.request.second_step = asked  # type: ignore[union-attr]  # for after_login()
            raise ValidationError(asked.detail, code=asked.code) from asked
        except ProblemError as refusal:
            raise ValidationError(refusal.detail, code=refusal.code) from refusal

    @property
    def identity_providers(self) -> list[Offered]:
        """Who signs people on here, besides."""
        return offered_here()

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether the password was right, and only the address is to be confirmed."""
        return self.has_error(NON_FIELD_ERRORS, EmailNotConfirmed.code)

    def confirm_login_allowed(self, user: Any) -> None:
        try:
            require_entry(user, self._goes_to())
        except NoEntry as refusal:
            raise ValidationError(refusal.detail, code=refusal.code) from refusal

    def _goes_to(self) -> str:
        request = self.request
        return "" if request is None else request.POST.get("next", request.GET.get("next", ""))


class NoEntry(Denied):
    detail = "Your role has no access to the dashboard. Your own account is at /admin/account/."


def require_entry(user: User, goes_to: str) -> None:
    """Make sure that somebody may see where they go to after their log-in.

    :raises NoEntry: when they may not.
    """
    entered = "console:enter" if user.is_operator else "dashboard:enter"
    if not (holds(user, entered) or goes_to.startswith(FOR_EVERYBODY)):
        raise NoEntry


@receiver(user_logged_in)
def begin_session(
    sender: object, request: HttpRequest, user: User, session_id: UUID | None = None, **kwargs: Any
) -> None:
    """Open a session of ours behind Django's, once the form was right (Django's signal). The API's is open already."""
    if session_id is None:
        provider = getattr(request, "signed_on_by", None)  # see accounts/single_sign_on/completion.py
        by = getattr(request, "logged_in_by", {})  # see accounts/admin/second_factors/log_in_pages.py
        browser_sessions.begin(request, user, **by, provider=provider, now=timezone.now())
        if provider is None:
            request.device_token = devices.issue(user)  # type: ignore[attr-defined]  # for remember_device()


@receiver(user_logged_out)
def end_session(sender: object, request: HttpRequest, session_id: UUID | None = None, **kwargs: Any) -> None:
    """End it at log-out (Django's signal). The API's is ended already."""
    if session_id is None:
        browser_sessions.end(request, now=timezone.now())


def remember_device(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser that logged in be a known device."""
    token = getattr(request, "device_token", "")
    if token:
        devices.remember(response, token)


def after_login(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Go on to the second step where one is asked for; else the log-in is over."""
    asked: SecondFactorRequired | None = getattr(request, "second_step", None)
    if asked is not None:
        return browser_challenge.keep(request, asked)
    remember_device(request, response)
    return response


class OwnPasswordForm(forms.Form):
    """One's own new password."""

    old_password = PasswordField(label="Current password", autocomplete="current-password")
    new_password1 = PasswordField(label="New password", autocomplete="new-password")
    new_password2 = PasswordField(label="Confirm new password", autocomplete="new-password")

    #: What the capability calls a field -> what it is called here.
    NAMES = {"current_password": "old_password", "password": "new_password1"}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new_password1"].help_text = LengthValidator(find_policy().shortest_password).get_help_text()

    def clean_new_password2(self) -> str:
        again: str = self.cleaned_data["new_password2"]
        if again != self.cleaned_data.get("new_password1"):
            raise ValidationError("The two passwords do not match.")
        return again


class OwnPasswordPage(PasswordChangeView):
    """Changes one's own password; every other session ends, this one stays."""

    form_class = OwnPasswordForm  # type: ignore[assignment]  # Django's own would write past the capability
    success_url = "done/"

    def form_valid(self, form: Any) -> HttpResponse:
        session_id = browser_sessions.session_id_of(self.request)
        assert session_id is not None  # who is not logged in does not come here
        given = form.cleaned_data
        try:
            change(
                form.user,
                current=given["old_password"],
                password=given["new_password1"],
                session_id=session_id,
                now=timezone.now(),
            )
        except ProblemError as refusal:
            field = refusal.field if isinstance(refusal, Invalid) else ""
            form.add_error(OwnPasswordForm.NAMES.get(field), refusal.detail)
            return self.form_invalid(form)
        return super(PasswordChangeView, self).form_valid(form)


Site.login_form, Site.password_change_view = LoginForm, OwnPasswordPage
Site.after_login = staticmethod(after_login)
