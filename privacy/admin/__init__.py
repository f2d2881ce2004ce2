"""Admin pages: erasures and exports of people for admins, and the own data of whoever is logged in."""

from privacy.admin import erasures, exports, my_data

__all__ = ["erasures", "exports", "my_data"]
