"""A public tester of SCIM (scim2-tester) over the whole application: it reads our schemas, and tries all that they promise."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.cast import Cast
from tests.integration.accounts.scim.provider import BASE, provider
from workix.wsgi import application

scim2_tester = pytest.importorskip("scim2_tester")
wsgi = pytest.importorskip("scim2_client.engines.wsgi")


#: What decision 0033 says: whether somebody is active is replaced, and never taken away; nobody searches people and roles at
#: once, and what is not there is 404, since a 501 would be counted as a fault of ours.
DECIDED = [
    "search_with_attributes: There is nothing here.",
    "check_remove_attribute: Failed to remove attribute 'active': This can't be removed.",
]


@pytest.mark.slow
def test_a_public_tester_finds_nothing_but_what_was_decided(acme: Cast) -> None:
    rows("UPDATE quotas SET \"limit\" = 1000 WHERE resource = 'users'")
    key = {"Authorization": f"Bearer {provider(acme).access}"}
    client = wsgi.WSGISCIMClient(application, base_url=f"http://localhost{BASE}", headers=key)
    client.discover()
    addresses = [f"person-{number}@acme.example" for number in range(10_000)]
    client.get_resource_model("User").model_fields["user_name"].examples = addresses  # it takes any text for one
    results = scim2_tester.check_server(client, resource_types=["User"])  # groups are there, and are not made
    bad = {scim2_tester.Status.ERROR, scim2_tester.Status.CRITICAL}
    found = [f"{each.title}: {each.reason}" for each in results if each.status in bad]
    assert found == DECIDED
    assert len(results) > 40
