"""SAML 2.0 as a protocol of single sign-on: its settings, and where a browser goes with an AuthnRequest."""

# Note [The ID of a request]
# It is the state of the attempt, with a letter before it. So a response names the attempt it answers by InResponseTo, and
# whose browser has to hold the other half: an attempt is used up once, by one conditional UPDATE, before the response is
# verified, and what a provider signs names the request it is for. An assertion is thereby good once, without a list of
# those that came: the second time its request is spent, and with any other request it is for another one. A response that
# nobody here asked for (IdP-initiated) answers no request and is refused. See docs/decisions/0035.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import IdentityProvider
from accounts.single_sign_on.attempts import Attempt
from accounts.single_sign_on.saml import extra
from accounts.single_sign_on.saml.attributes import WELL_KNOWN
from accounts.single_sign_on.saml.discovery import describe
from accounts.single_sign_on.saml.messages import certificates
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.requests import redirect_url, write_request
from accounts.single_sign_on.saml.own_metadata import entity_id_of
from workix.core.errors import Invalid
from workix.web.outgoing import check_url

_LETTER = "_"
_LONGEST_LINE = 255
_LONGEST_ENTITY_ID = 1_024


def check_settings(said: Mapping[str, Any]) -> dict[str, Any]:
    """Read how a provider is known: by `metadata_url`; or by `entity_id`, `sso_url`, `certificates`, which `metadata` may tell.

    :raises Invalid: when one of them can't be.
    :raises SamlNotInstalled: when the extra is missing.
    """
    extra.require()
    named = {"metadata_url", "entity_id", "sso_url", "certificates", "metadata", *WELL_KNOWN}
    if unknown := said.keys() - named:
        raise Invalid("SAML has no such setting.", field=f"settings.{min(unknown)}", problem="unknown_field")
    told = _told_by(said) if said.get("metadata") else said
    return {
        "metadata_url": _url(said, "metadata_url"),
        "entity_id": _line(told, "entity_id", longest=_LONGEST_ENTITY_ID),
        "sso_url": _url(told, "sso_url"),
        "certificates": _certificates(told),
        **{name: _line(said, name) for name in WELL_KNOWN},
    }


def is_complete(provider: IdentityProvider) -> bool:
    settings = provider.settings
    by_hand = settings.get("entity_id") and settings.get("sso_url") and settings.get("certificates")
    return bool(settings.get("metadata_url") or by_hand)


def address(attempt: Attempt, acs_url: str) -> str:
    """Return where the browser goes: the provider, with a request of ours.

    :raises SignOnFailed: when the provider's metadata can't be read.
    :raises SamlNotInstalled: when the extra is missing.
    """
    now = attempt.row.created_at
    sso_url = describe(attempt.provider, now=now).sso_url
    request = write_request(
        request_id_of(attempt.state),
        sso_url=sso_url,
        acs_url=acs_url,
        entity_id=entity_id_of(acs_url),
        force_authn=attempt.is_step_up,
        now=now,
    )
    return redirect_url(sso_url, request)


def request_id_of(state: str) -> str:
    """Return the ID of the request of an attempt. See Note [The ID of a request]."""
    return _LETTER + state


def state_of(request_id: str) -> str:
    """Return which attempt a request is of, as somebody says."""
    return request_id.removeprefix(_LETTER)


def _told_by(said: Mapping[str, Any]) -> dict[str, Any]:
    from accounts.single_sign_on.saml.metadata import read_metadata  # noqa: PLC0415  # See Note [The SAML extra]

    try:
        found = read_metadata(str(said["metadata"]).encode("utf-8", "replace"))
    except InvalidMessage as error:
        raise Invalid(f"This metadata can't be used. {error}", field="settings.metadata") from error
    return {"entity_id": found.entity_id, "sso_url": found.sso_url, "certificates": found.certificates}


def _certificates(told: Mapping[str, Any]) -> str:
    text = str(told.get("certificates", ""))
    try:
        return certificates.write(certificates.read(text)) if text.strip() else ""
    except InvalidMessage as error:
        raise Invalid(str(error), field="settings.certificates") from error


def _url(told: Mapping[str, Any], name: str) -> str:
    text = str(told.get(name, "")).strip()
    try:
        return check_url(text) if text else ""
    except ValueError as error:
        raise Invalid(f"The address {error}.", field=f"settings.{name}") from None


def _line(told: Mapping[str, Any], name: str, *, longest: int = _LONGEST_LINE) -> str:
    text = str(told.get(name, "")).strip()
    if len(text) > longest or not text.isprintable():
        raise Invalid(f"This is one line of {longest} characters at most.", field=f"settings.{name}")
    return text
