"""URL patterns of single sign-on outside the API, under /sso/: where it begins, and where providers send browsers back to."""

from django.urls import path

from accounts.single_sign_on.oidc.callback import callback
from accounts.single_sign_on.pages import begin, begin_by_ticket
from accounts.single_sign_on.saml.pages import acs, metadata

urlpatterns = [
    path("<uuid:provider_id>/", begin),
    path("<uuid:provider_id>/callback/", callback),
    path("<uuid:provider_id>/acs/", acs),
    path("<uuid:provider_id>/step-up/", begin_by_ticket),
    path("<uuid:provider_id>/metadata/", metadata),
]
