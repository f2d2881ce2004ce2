"""E-mails about pipelines."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from accounts.members import people
from examples.pipelines.models import Pipeline
from workix.core.current import Current
from workix.core.permissions import Role


def send_removal(pipeline: Pipeline) -> None:
    """Tell every admin of the organization in scope that a pipeline was removed."""
    admins = people().filter(role=Role.ADMIN, is_active=True, email_confirmed_at__isnull=False)
    context = {"pipeline": pipeline, "organization": Current.organization.name}
    EmailMessage(
        subject="A pipeline was removed",
        body=render_to_string("emails/pipelines/removal.txt", context),
        to=[admin.email for admin in admins],
    ).send()
