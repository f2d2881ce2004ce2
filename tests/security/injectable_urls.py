"""A view with a hole in it, and the URLs of a platform that has it. For test_injectable_view alone."""

from __future__ import annotations

from django.db import connection
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workix.urls import handler404, handler500
from workix.urls import urlpatterns as real

__all__ = ["handler404", "handler500", "urlpatterns"]


class InjectableView(APIView):
    """What nobody may ever write: a value becomes part of a statement."""

    required_permissions = {"get": "profile:read"}

    def get(self, request: Request) -> Response:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT email FROM users WHERE email = '{request.query_params['email']}'")
            return Response([row[0] for row in cursor.fetchall()])


urlpatterns = [*real, path("injectable/", InjectableView.as_view())]
