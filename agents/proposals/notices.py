"""E-mails about proposals: each person who may decide is told of one, once."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now

from accounts.emails import about, send
from accounts.mail_policy import without_links
from accounts.members import people
from accounts.models import User
from agents.models import Agent, Proposal, Status
from agents.proposals.policy import read_policy
from tenants.jobs.tenant_task import tenant_task
from tenants.models import Domain
from tenants.scope import use_platform
from workix.core.apps import permissions_of
from workix.core.current import Current
from workix.core.permissions import Role, holds

DECIDE = "proposals:decide"
#: Of one agent, within the life of a proposal: whoever floods approvers has them read a list, and not their mail.
MOST_MAILED = 20


def tell_deciders(proposal: Proposal) -> None:
    """Have each of them written to by a job of their own: one that can't be reached repeats no mail to the others."""
    if Proposal.objects.filter(agent_id=proposal.agent_id, status=Status.PENDING).count() > MOST_MAILED:
        return
    for person in deciders(proposal.agent):
        send_proposal.enqueue(user_id=str(person.id), proposal_id=str(proposal.id))


def deciders(agent: Agent) -> list[User]:
    """List who may decide on what an agent proposes, and can be written to."""
    by_role = Q(role__in=[role for role in Role if DECIDE in permissions_of(role)])
    by_own_role = Q(role_members__role__permissions__contains=DECIDE)
    found = people().filter(by_role | by_own_role, is_active=True, email_confirmed_at__isnull=False).distinct()
    not_its_owner = agent.owner_id if read_policy().four_eyes else None
    return [person for person in found if holds(person, DECIDE) and person.id != not_its_owner]


@tenant_task("agents.send_proposal", queue="mails")
def send_proposal(user_id: str, proposal_id: str) -> None:
    """Tell somebody of a proposal, unless it was decided meanwhile, or they may not decide any more."""
    waiting = Proposal.objects.select_related("agent").filter(status=Status.PENDING, expires_at__gt=Now())
    proposal = waiting.filter(id=proposal_id).first()
    if proposal is None:
        return
    person = next((each for each in deciders(proposal.agent) if str(each.id) == user_id), None)
    if person is None:
        return
    organization = Current.organization
    with use_platform():
        home = Domain.objects.get(organization_id=organization.id, is_primary=True)
    told = {
        "agent": without_links(proposal.agent.name),
        "reason": without_links(proposal.reason),
        "changes": len(proposal.changes),
        "rules": [each["rule"] for each in proposal.why],
        "expires_at": proposal.expires_at,
        **about(organization, home),
    }
    send(person.email, "agents/proposal", subject="An agent asks for approval", **told)
