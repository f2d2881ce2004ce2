"""URL patterns of the accounts API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from accounts.api.email_links import (
    AcceptInvitationView,
    ConfirmEmailView,
    ConfirmPasswordResetView,
    OrganizationsMailView,
    PasswordResetView,
    ResendConfirmationView,
)
from accounts.api.invitations import InvitationViewSet
from accounts.api.login import LoginView, LogoutEverywhereView, LogoutView, RefreshView
from accounts.api.me import MeView, MyPasswordView, MySessionViewSet
from accounts.api.organization_deletion import RemovalView
from accounts.api.organizations import OrganizationsView
from accounts.api.passkeys.enrolment import FirstPasskeyOptionsView, FirstPasskeyView
from accounts.api.passkeys.log_in import PasskeyLoginView, PasskeyOptionsView
from accounts.api.passkeys.own_passkeys import MyPasskeyViewSet
from accounts.api.passkeys.reauthentication import StepUpOptionsView, StepUpView
from accounts.api.passkeys.second_step import SecondStepOptionsView, SecondStepView
from accounts.api.second_factors.log_in import EnrolmentConfirmView, EnrolmentView, SecondFactorView
from accounts.api.second_factors.reauthentication import ReauthenticationView
from accounts.api.second_factors.resetting import ResetView
from accounts.api.second_factors.second_factors import MySecondFactorViewSet
from accounts.api.sign_on import SignOnTokenView, SignOnView
from accounts.api.sso_reauthentication import ProviderStepUpCodeView, ProviderStepUpView
from accounts.api.switching import OtherOrganizationsView, SwitchView
from accounts.api.users import PersonViewSet
from accounts.api_keys.api.api_keys import ApiKeyViewSet, LeakReportView
from accounts.policies.api.policies import PoliciesView
from accounts.roles.api.own_permissions import OwnPermissionsView
from accounts.roles.api.roles import RoleMemberViewSet, RoleViewSet
from accounts.scim.api.urls import urlpatterns as scim_urls
from accounts.single_sign_on.api.identity_providers import IdentityProviderViewSet

router = SimpleRouter(use_regex_path=False)
router.register("users", PersonViewSet, basename="user")
router.register("api-keys", ApiKeyViewSet, basename="api-key")
router.register("roles", RoleViewSet, basename="role")
router.register("roles/<uuid:pk>/members", RoleMemberViewSet, basename="role-member")
router.register("identity-providers", IdentityProviderViewSet, basename="identity-provider")
router.register("invitations", InvitationViewSet, basename="invitation")
router.register("me/sessions", MySessionViewSet, basename="my-session")
router.register("me/second-factors", MySecondFactorViewSet, basename="my-second-factor")
router.register("me/passkeys", MyPasskeyViewSet, basename="my-passkey")
#: Below one path, since whoever asks for anything else is compared with it once.
log_in = [
    path("login/", LoginView.as_view()),
    path("refresh/", RefreshView.as_view()),
    path("logout/", LogoutView.as_view()),
    path("logout-everywhere/", LogoutEverywhereView.as_view()),
    path("confirm-email/", ConfirmEmailView.as_view()),
    path("confirm-email/resend/", ResendConfirmationView.as_view()),
    path("organizations/", OrganizationsMailView.as_view()),
    path("password-reset/", PasswordResetView.as_view()),
    path("password-reset/confirm/", ConfirmPasswordResetView.as_view()),
    path("switch/", SwitchView.as_view()),
    path("sso/", SignOnView.as_view()),
    path("sso/token/", SignOnTokenView.as_view()),
    path("second-factor/", SecondFactorView.as_view()),
    path("second-factor/enrolment/", EnrolmentView.as_view()),
    path("second-factor/enrolment/confirm/", EnrolmentConfirmView.as_view()),
    path("second-factor/enrolment/passkey/options/", FirstPasskeyOptionsView.as_view()),
    path("second-factor/enrolment/passkey/", FirstPasskeyView.as_view()),
    path("passkey/options/", PasskeyOptionsView.as_view()),
    path("passkey/", PasskeyLoginView.as_view()),
    path("second-factor/passkey/options/", SecondStepOptionsView.as_view()),
    path("second-factor/passkey/", SecondStepView.as_view()),
]
urlpatterns = [
    path("me/", MeView.as_view()),
    path("organizations/", OrganizationsView.as_view()),
    path("authz/permissions/", OwnPermissionsView.as_view()),
    path("auth/", include(log_in)),
    path("invitations/accept/", AcceptInvitationView.as_view()),
    path("me/organizations/", OtherOrganizationsView.as_view()),
    path("me/password/", MyPasswordView.as_view()),
    path("organization/deletion/", RemovalView.as_view()),
    path("organization/policies/", PoliciesView.as_view()),
    path("api-keys/report-leak/", LeakReportView.as_view()),
    path("me/reauthentication/", ReauthenticationView.as_view()),
    path("me/reauthentication/passkey/options/", StepUpOptionsView.as_view()),
    path("me/reauthentication/passkey/", StepUpView.as_view()),
    path("me/reauthentication/sso/", ProviderStepUpView.as_view()),
    path("me/reauthentication/sso/confirm/", ProviderStepUpCodeView.as_view()),
    path("users/<uuid:pk>/second-factors/", ResetView.as_view()),
    *router.urls,
    *scim_urls,
]
