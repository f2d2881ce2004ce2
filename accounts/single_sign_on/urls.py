"""URL patterns of single sign-on outside the API, under /sso/: where it begins, and where providers send browsers back to."""

from django.urls import path

from accounts.single_sign_on.oidc.callback import callback
from accounts.single_sign_on.pages import begin

urlpatterns = [
    path("<uuid:provider_id>/", begin),
    path("<uuid:provider_id>/callback/", callback),
]
