"""Paths of this floor."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api.auth import ConfirmEmailView, LoginView, ResendConfirmationView
from accounts.api.me import MeView
from accounts.api.organizations import OrganizationsView
from accounts.api.people import PersonViewSet

router = SimpleRouter()
router.register("users", PersonViewSet, basename="user")
urlpatterns = [
    path("organizations/", OrganizationsView.as_view()),
    path("auth/login/", LoginView.as_view()),
    path("auth/confirm-email/", ConfirmEmailView.as_view()),
    path("auth/confirm-email/resend/", ResendConfirmationView.as_view()),
    path("me/", MeView.as_view()),
    *router.urls,
]
