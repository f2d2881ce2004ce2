"""Settings of the MCP server, by which agents call the API: where it listens, and where it finds the API."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, PlainValidator

from workix.config import values
from workix.config.fields import setting
from workix.config.secrets import Secret


def credential(text: str) -> Secret:
    """Accept what goes into a header behind `Bearer`: one word of visible ASCII.

    :raises ValueError: in a sentence that never repeats it.
    """
    key = text.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise ValueError("must be one key, as it was shown when it was made")
    return Secret(key)


McpKey = Annotated[Secret | None, PlainValidator(values.live(credential)), *values.SECRET]


class McpSettings(BaseModel):
    """What an operator may set of it. See docs/mcp.md."""

    mcp_bind: values.Listener = setting(
        "WORKIX_MCP_BIND", "Where the MCP server listens (`manage.py mcp`).", "127.0.0.1:8766"
    )
    mcp_url: values.Origin | None = setting(
        "WORKIX_MCP_URL",
        "Where agents find the MCP server: its host is the one it answers to besides those of this machine and of"
        " WORKIX_PUBLIC_URL.",
        None,
    )
    mcp_api: values.Origin | None = setting(
        "WORKIX_MCP_API",
        "Where the MCP server finds the API, as http://web:8000; its network must be among WORKIX_TRUSTED_PROXIES there."
        " Unset: WORKIX_PUBLIC_URL.",
        None,
    )
    mcp_key: McpKey = setting(
        "WORKIX_MCP_KEY",
        "The key with which `manage.py mcp --stdio` calls the API, for an agent of this machine.",
        None,
    )
