"""System check: every model of an app of ours is audited, or says why not."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage

from audit.registry import AUDITED
from workix.core.apps import declaring_apps, tenant_models
from workix.core.checks import fault
from workix.core.models import NOT_AUDITED


def check_audited(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at each model of ours that has a table in tenant schemas."""
    ours = {model for app in declaring_apps() for model in app.get_models(include_auto_created=True)}
    found: list[CheckMessage] = []
    for model in tenant_models():
        audited, excused = model in AUDITED, bool(NOT_AUDITED.get(model, "").strip())
        if model in ours and not audited and not excused:
            mend = 'put @audited("<resource>") on the model, or @not_audited("<why>") for rows that are nobody\'s act.'
            found.append(fault(20, "every tenant model is audited", model._meta.label, mend=mend))
        elif audited and model in NOT_AUDITED:
            mend = "drop one of @audited and @not_audited."
            found.append(fault(21, "a model is audited or excused, not both", model._meta.label, mend=mend))
    return found
