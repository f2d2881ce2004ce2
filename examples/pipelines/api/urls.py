"""URL patterns of the API of pipelines."""

from rest_framework.routers import SimpleRouter

from examples.pipelines.api.pipelines import PipelineViewSet

router = SimpleRouter(use_regex_path=False)
router.register("pipelines", PipelineViewSet, basename="pipeline")
urlpatterns = router.urls
