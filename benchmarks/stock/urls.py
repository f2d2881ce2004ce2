"""Every URL of the peer: the three calls that are measured, and log-in."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter
from rest_framework_simplejwt.views import TokenObtainPairView

from benchmarks.stock.people.views import MeView, UserViewSet

router = DefaultRouter()
router.register("users", UserViewSet)

urlpatterns = [
    path("api/v1/auth/login/", TokenObtainPairView.as_view()),
    path("api/v1/me/", MeView.as_view()),
    path("api/v1/", include(router.urls)),
]
