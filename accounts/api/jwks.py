"""/.well-known/jwks.json (JWKS): the public keys by which other services verify our access tokens."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from accounts.tokens.signing_keys import jwks


def jwks_view(request: HttpRequest) -> JsonResponse:
    return JsonResponse(jwks(timezone.now()), headers={"Cache-Control": "public, max-age=300"})
