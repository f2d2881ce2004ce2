"""Controls of the audit trail (compliance): its checkpoints are verified, and new entries get their place in time."""

from __future__ import annotations

from audit.models import Checkpoint
from audit.transparency.offline_verifier import Broken, open_note
from audit.transparency.proofs import newest_checkpoint
from audit.transparency.signing import origin_of, public_keys
from privacy.compliance.control import MOST_ROWS, Finding, ReportScope, Status, control, counted, met_if, table
from tenants.trail.export import count_leaves
from tenants.trail.verification import verify_trail

AREA = "Audit trail"
#: A trail of so many entries is verified whole, which takes seconds; of a longer one the signatures are, and the rest is said.
MOST_VERIFIED = 200_000


@control(
    "trail.verified",
    "Nothing in the trail was altered or taken out",
    area=AREA,
    gdpr=["5(1)(f)", "5(2)"],
    soc2=["CC7.2", "CC7.3"],
    asvs=["16.4.2"],
)
def verified(scope: ReportScope) -> Finding:
    """Each entry against the Merkle tree, and the tree against every signed checkpoint (RFC 6962)."""
    leaves = count_leaves(scope.organization.id)
    if leaves == 0:
        return Finding(Status.NOT_CHECKED, "No entry has a checkpoint yet: the first comes within minutes.")
    if leaves > MOST_VERIFIED:
        told = f"The trail has {leaves:,} entries: too many for a report. Run: manage.py verify_audit"
        return Finding(Status.NOT_CHECKED, told, {"entries": leaves})
    verdict = verify_trail(scope.organization)
    seen = f"{counted(leaves, 'entry was', 'entries were')} verified against every checkpoint."
    return Finding(met_if(not verdict.fault), verdict.fault or seen, {**verdict.counts})


@control(
    "trail.checkpoints",
    "Checkpoints of the trail are signed",
    area=AREA,
    gdpr=["5(2)", "32(1)(d)"],
    soc2=["CC7.2"],
    asvs=["16.4.2", "16.4.3"],
)
def checkpoints(scope: ReportScope) -> Finding:
    """The signatures of the newest ones of the period, with the key of the platform."""
    made = Checkpoint.objects.filter(created_at__gte=scope.begin, created_at__lt=scope.end)
    newest, total = list(made.order_by("-size")[:MOST_ROWS]), made.count()
    if newest_checkpoint() is None:
        return Finding(Status.NOT_CHECKED, "There is no checkpoint yet.")
    broken = sum(not _is_signed(each, scope) for each in newest)
    sentence = f"{counted(total, 'checkpoint', 'checkpoints')} in this time; {broken:,} of the newest {len(newest):,} not signed."
    rows = table(("entries", "made"), [(each.size, each.created_at) for each in newest], total=total)
    return Finding(met_if(broken == 0), sentence, {"checkpoints": total, "not_signed": broken}, rows)


def _is_signed(checkpoint: Checkpoint, scope: ReportScope) -> bool:
    try:
        return open_note(checkpoint.note, origin_of(scope.organization.id), public_keys()).size == checkpoint.size
    except Broken:
        return False
