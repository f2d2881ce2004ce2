"""The quotas with the largest shares of their limit in use (top K), for the metrics: found by a job, kept in few rows."""

# Note [Largest shares]
# To find them every counter has to be read: an index on the share would be written at each consumption, which is an update of one
# row in place (HOT) without it. So a job does that every minute, once for the platform: 0.8 s for 100,000 organizations of three
# quotas. A scrape reads MOST rows, however many organizations there are. Jobs at once write the same rows in one order.

# Raw SQL: sums up quotas in one statement and keeps them, as the control role.

from __future__ import annotations

from typing import Any

from django.db import Error, connection, transaction

from tenants.scope import use_platform
from workix.core.apps import resources
from workix.observability.readings import QUOTA_USED_RATIO, Sample

#: So many quotas are told, of all organizations together.
MOST = 20

# A monthly counter that was last moved in an earlier month is as good as empty. A limit of nothing counts as one of one.
_FIND = """
    INSERT INTO quota_shares AS kept (rank, organization_id, resource, share, found_at)
    SELECT row_number() OVER (ORDER BY share DESC, organization_id, resource), organization_id, resource, share, now()
      FROM (SELECT q.organization_id, q.resource,
                   q.used::float8 / greatest(1, public.limit_in_force(q."limit", q.override, q.override_until, now())) AS share
              FROM quotas AS q JOIN organizations AS o ON o.id = q.organization_id AND o.deleted_at IS NULL
             WHERE q.used > 0 AND q.resource = ANY (%(declared)s)
               AND (q.period = 'none' OR q.period_starts_on >= date_trunc('month', now() AT TIME ZONE 'UTC')::date)
             ORDER BY share DESC, q.organization_id, q.resource LIMIT %(most)s) AS largest
     ORDER BY 1
    ON CONFLICT (rank) DO UPDATE
       SET organization_id = excluded.organization_id, resource = excluded.resource, share = excluded.share,
           found_at = excluded.found_at"""
_FORGET = "DELETE FROM quota_shares WHERE found_at < now()"
# What no job has looked at for so long is no longer told.
_READ = """
    SELECT organization_id, resource, share FROM quota_shares WHERE found_at > now() - interval '5 minutes' ORDER BY rank"""


def find_largest_shares() -> None:
    """Look at every quota, and keep those with the largest shares. See Note [Largest shares]."""
    with use_platform(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FIND, {"declared": list(resources()), "most": MOST})
        cursor.execute(_FORGET)


def read_shares(sender: object, **kwargs: Any) -> list[Sample]:
    """Tell the metrics what was found last: never more than MOST series."""
    try:
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_READ)
            found = cursor.fetchall()
    except Error:
        return []  # workix_database_up says so
    return [QUOTA_USED_RATIO.at(share, str(whose), resource) for whose, resource, share in found]
