"""URL patterns of SCIM, without slashes at their ends: clients of SCIM append /Users to the base path."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from accounts.scim.api.discovery import ResourceTypeViewSet, SchemaViewSet, ServiceProviderConfigViewSet
from accounts.scim.api.groups import GroupViewSet
from accounts.scim.api.users import UserViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("Users", UserViewSet, basename="scim-user")
router.register("Groups", GroupViewSet, basename="scim-group")
router.register("ServiceProviderConfig", ServiceProviderConfigViewSet, basename="scim-config")
router.register("ResourceTypes", ResourceTypeViewSet, basename="scim-resource-type")
router.register("Schemas", SchemaViewSet, basename="scim-schema")
urlpatterns = [path("scim/v2/", include(router.urls))]
