"""Opens an organization the stock way: save the tenant (schema and migrations), its domain, its people."""

from django_tenants.utils import tenant_context

from benchmarks.stock.customers.models import Domain, Tenant
from benchmarks.stock.people.models import User


def open_stock(slug: str, *, password: str, people: int = 1) -> None:
    """Open `slug` at `<slug>.localhost` with `people` users; `password` is a hash made before."""
    tenant = Tenant(schema_name=slug.replace("-", "_"), name=slug)
    tenant.save(verbosity=0)
    Domain.objects.create(domain=f"{slug}.localhost", tenant=tenant, is_primary=True)
    with tenant_context(tenant):
        for number in range(people):
            User.objects.create(
                organization_id=tenant.id,
                email=f"person{number}@{slug}.example.com",
                password=password,
                first_name="Ada",
                last_name=f"Lovelace {number}",
                role=User.Role.VIEWER if number else User.Role.ADMIN,
            )
