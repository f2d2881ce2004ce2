"""Own roles (custom roles, RBAC): composed of permissions by an organization, given to people besides their fixed role."""
