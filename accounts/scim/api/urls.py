"""URL patterns of SCIM, without slashes at their ends: clients of SCIM append /Users to the base path."""

from rest_framework.routers import SimpleRouter

from accounts.scim.api.discovery import ResourceTypeViewSet, SchemaViewSet, ServiceProviderConfigViewSet
from accounts.scim.api.groups import GroupViewSet
from accounts.scim.api.users import UserViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("scim/v2/Users", UserViewSet, basename="scim-user")
router.register("scim/v2/Groups", GroupViewSet, basename="scim-group")
router.register("scim/v2/ServiceProviderConfig", ServiceProviderConfigViewSet, basename="scim-config")
router.register("scim/v2/ResourceTypes", ResourceTypeViewSet, basename="scim-resource-type")
router.register("scim/v2/Schemas", SchemaViewSet, basename="scim-schema")
urlpatterns = router.urls
