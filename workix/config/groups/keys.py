"""Settings of keys that may be several (key rotation): of database roles, e-mail index, sessions, checkpoints, and at rest."""

from __future__ import annotations

from pydantic import BaseModel

from workix.config import values
from workix.config.fields import setting


class KeySettings(BaseModel):
    """What an operator may set of them: the first one is used, each of them is accepted (docs/operations.md)."""

    secret_key_fallbacks: values.KeyList = setting(
        "SECRET_KEY_FALLBACKS",
        "Keys that SECRET_KEY was before, separated by commas: what they signed stays good. Unset: none.",
        None,
    )
    role_secrets: values.KeyList = setting(
        "WORKIX_ROLE_SECRETS",
        "Derive the passwords of database roles, the newest first, separated by commas: `manage.py rotate_role_passwords`."
        " Unset: WORKIX_MASTER_SECRET does.",
        None,
    )
    directory_keys: values.KeyList = setting(
        "WORKIX_DIRECTORY_KEYS",
        "Hash the addresses of the e-mail index, the newest first, separated by commas: `manage.py rehash_email_index`."
        " Unset: WORKIX_MASTER_SECRET does.",
        None,
    )
    encryption_keys: values.KeyList = setting(
        "WORKIX_ENCRYPTION_KEYS",
        "Encrypt what is kept (secrets of identity providers), separated by commas; the first one writes, each reads."
        " Unset: a key derived from WORKIX_MASTER_SECRET.",
        None,
    )
    checkpoint_keys: values.CheckpointKeys = setting(
        "WORKIX_CHECKPOINT_KEYS",
        "Ed25519 private keys (PKCS8 PEM, one behind the other) for checkpoints of audit trails; the first signs, each verifies."
        " Unset: a key derived from WORKIX_MASTER_SECRET.",
        None,
    )
