"""Deletes the rows of an erased person: what goes with them in any app, invitations, stored responses, browser sessions."""

from __future__ import annotations

import json
import re

from django.contrib.sessions.models import Session as BrowserSession
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import Invitation, User
from privacy.inventory import own_models, rows_of
from privacy.models import ComplianceReport
from tenants.erasure.traces import Traces
from workix.api.models import IdempotencyKey


def delete_rows(person: User, traces: Traces) -> dict[str, int]:
    """Delete them. Return how many by table."""
    gone = {
        model._meta.db_table: rows_of(person, model, keys).order_by().delete()[0]
        for model, keys in own_models().items()
    }
    gone["invitations"] = Invitation.objects.filter(email__in=traces.texts).delete()[0]
    gone["compliance_reports"] = ComplianceReport.objects.all().delete()[0]  # each names everybody
    gone["idempotency_keys"] = _responses(traces).delete()[0]
    gone["django_session"] = _delete_browser_sessions(traces)
    return gone


def _responses(traces: Traces) -> QuerySet[IdempotencyKey]:
    """Find stored responses that tell of somebody: by what is theirs, or by their id."""
    told = IdempotencyKey.objects.annotate(sent=Cast("headers", TextField()))
    theirs = Q(body__contains=str(traces.person_id)) | Q(sent__contains=str(traces.person_id))
    return told.filter(theirs | Q(body__iregex=traces.pattern) | Q(sent__iregex=traces.pattern))


def _delete_browser_sessions(traces: Traces) -> int:
    """Look into what browsers' sessions remember, messages that name somebody among it: it is packed, so SQL can't."""
    found = re.compile(traces.pattern, re.IGNORECASE)
    theirs = [
        session.session_key
        for session in BrowserSession.objects.iterator(chunk_size=500)
        if found.search(json.dumps(session.get_decoded(), default=str, ensure_ascii=False))
    ]
    return BrowserSession.objects.filter(session_key__in=theirs).delete()[0]
