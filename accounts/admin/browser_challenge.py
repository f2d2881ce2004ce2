"""The challenge of a browser's log-in: it waits in Django's session until the second step is done."""

# Note [Between the two steps]
# The session is of nobody yet, and the challenge is in no address, on no page and in no hidden field. Whoever completes the
# log-in gets a session of another key, so what was planted in a browser before is worth nothing afterwards.

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.second_factors.challenges import SecondFactorRequired

LOG_IN = "/admin/login/"
_CHALLENGE, _GOES_TO, _METHODS = "login_challenge", "login_goes_to", "login_methods"


def keep(request: HttpRequest, asked: SecondFactorRequired) -> HttpResponse:
    """Lead from a right password to what is asked for besides. See Note [Between the two steps]."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    request.session[_CHALLENGE] = asked.token
    request.session[_METHODS] = asked.methods
    request.session[_GOES_TO] = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/admin/"
    return HttpResponseRedirect(f"{LOG_IN}enrolment/" if asked.enrols else f"{LOG_IN}second-factor/")


def challenge_of(request: HttpRequest) -> str:
    """Return the challenge this browser waits with, or an empty text."""
    return str(request.session.get(_CHALLENGE, ""))


def goes_to(request: HttpRequest) -> str:
    """Return where its person wanted to go."""
    return str(request.session.get(_GOES_TO, "/admin/"))


def methods_of(request: HttpRequest) -> list[str]:
    """Return what its person may answer with, as it was when they gave their password."""
    return list(request.session.get(_METHODS, ()))


def forget(request: HttpRequest) -> None:
    """Let it wait no more."""
    for name in (_CHALLENGE, _GOES_TO, _METHODS):
        request.session.pop(name, None)
