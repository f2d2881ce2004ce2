"""Static files (WhiteNoise): style sheets, scripts and pictures, and out of the way of everything else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware:
    """WhiteNoise, asked about its own paths only. They are the same for everybody, so no organization is looked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if not (settings.WHITENOISE_USE_FINDERS or settings.STATIC_ROOT.is_dir()):
            raise ImproperlyConfigured("Style sheets and scripts were not gathered: run manage.py collectstatic.")
        self._files = WhiteNoiseMiddleware(get_response)
        self._prefix = settings.STATIC_URL

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(self._prefix):
            response: HttpResponseBase = self._files(request)
            return response
        return self.get_response(request)
